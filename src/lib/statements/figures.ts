import type { DerivedNumber } from '#lib/domain/access/from-reports.ts';
import type { Figure } from '#lib/domain/figures/figure.ts';
import type { PeopleKind } from '#lib/domain/records/vocabularies.ts';
import type { Bounds } from './length.ts';
import {
  localitiesPart,
  numberPart,
  type Part,
  percentPart,
  sentence,
  type Sentence,
} from './sentence.ts';

export type Unit = 'people' | 'families' | 'baskets' | 'trucks';

/** A figure's number with its qualifier and without its unit: "about 20,000", "37 or 38", "44–50". */
export function figureNumber(figure: Figure): Part {
  const number = numberPart(figure.n);
  switch (figure.q) {
    case '=':
      return number;
    case '~':
      return sentence('figure.about', { number });
    case '>':
      return sentence('figure.moreThan', { number });
    case '<':
      return sentence('figure.fewerThan', { number });
    case '..':
      return sentence('figure.range', { least: number, greatest: numberPart(greatestOf(figure)) });
  }
}

/** A figure with its unit: "37–38 trucks", "about 20,000 people", "1 family". */
export function figureWithUnit(figure: Figure, unit: Unit): Sentence {
  const values = { count: greatestOf(figure), figure: figureNumber(figure) };
  // Arabic says one and two by the noun alone, but only where they are exact.
  return sentence(figure.q === '=' ? `unit.${unit}` : `figure.of.${unit}`, values);
}

/** A number known by its bounds as a figure: exact where they are equal, else a range. */
export const boundsFigure = ([least, greatest]: Bounds): Figure =>
  least === greatest ? { q: '=', n: least } : { q: '..', n: least, m: greatest };

/** "592,700 people", "4,000–8,000 people": inside a sentence, so never by the bare noun. */
export const peopleOfBounds = (bounds: Bounds): Sentence =>
  sentence('figure.of.people', { count: bounds[1], figure: figureNumber(boundsFigure(bounds)) });

/**
 * A share of one as a whole percentage, "3%" or "3–5%". What is under one percent and not nothing
 * is "less than 1%", what is over 99 and not all "more than 99%": rounding never says none or all.
 */
export function sharePart([least, greatest]: Bounds): Part {
  const [from, to] = [percentEnd(least), percentEnd(greatest)];
  if (from === to) return percentAlone(least);
  if (typeof from === 'number' && typeof to === 'number') {
    return sentence('figure.range', { least: numberPart(from), greatest: percentAlone(greatest) });
  }
  return sentence('figure.range', {
    least: percentAlone(least),
    greatest: percentAlone(greatest),
  });
}

function percentAlone(share: number): Part {
  const end = percentEnd(share);
  if (end === 'under') return sentence('figure.lessThan', { number: percentPart(0.01) });
  if (end === 'over') return sentence('figure.moreThan', { number: percentPart(0.99) });
  return percentPart(share);
}

/** What a share is said as: shares with the same one are said once. */
function percentEnd(share: number): number | 'under' | 'over' {
  if (share > 0 && share < 0.01) return 'under';
  if (share > 0.99 && share < 1) return 'over';
  return Math.round(share * 100);
}

/** For a title: of two neighbouring numbers one is right, "37 or 38 trucks". */
export function figureInTitle(figure: Figure, unit: Unit): Sentence {
  const greatest = greatestOf(figure);
  if (figure.q !== '..' || greatest !== figure.n + 1) return figureWithUnit(figure, unit);
  const either = sentence('figure.either', {
    least: numberPart(figure.n),
    greatest: numberPart(greatest),
  });
  return sentence(`figure.of.${unit}`, { count: greatest, figure: either });
}

/** Whose figure it is: the other localities, seen from one of them, or all, seen from the convoy. */
export interface Sharing {
  readonly with?: readonly string[] | undefined;
  readonly by?: readonly string[] | undefined;
}

/** "about 20,000 people intended, shared with Zamalka": what was counted is always said. */
export function peopleSentence(figure: Figure, kind: PeopleKind, sharing: Sharing = {}): Sentence {
  const people = figureWithUnit(figure, figure.unit ?? 'people');
  const words = sentence(`figure.${kind}`, { people });
  if (sharing.with && sharing.with.length > 0) {
    return sentence('figure.shared', { sentence: words, places: localitiesPart(sharing.with) });
  }
  if (sharing.by && sharing.by.length > 1) {
    return sentence('figure.one', { sentence: words, places: localitiesPart(sharing.by) });
  }
  return words;
}

/** "5 of 8 reports give a number". */
export const givenSentence = (given: number, reports: number): Sentence =>
  sentence('figure.given', { given, count: reports });

/** "37–38 trucks (5 of 8 reports give a number)". */
export const spreadSentence = (
  figure: Figure,
  unit: Unit,
  given: number,
  reports: number,
): Sentence =>
  sentence('figure.spread', {
    sentence: figureWithUnit(figure, unit),
    given: givenSentence(given, reports),
  });

/**
 * What a derived number is shown as: what a person accepted; otherwise from the least to the
 * greatest that reports state (37–38), where they state numbers and not mere bounds.
 */
export function spreadFigure({ accepted, value, values }: DerivedNumber): Figure {
  const unit = value.unit ?? 'people';
  const comparable = values.every(
    ({ figure }) => figure.q !== '>' && figure.q !== '<' && (figure.unit ?? 'people') === unit,
  );
  if (accepted || values.length < 2 || !comparable) return value;
  const least = Math.min(...values.map(({ figure }) => figure.n));
  const greatest = Math.max(...values.map(({ figure }) => greatestOf(figure)));
  if (least === greatest) return value;
  return { q: '..', n: least, m: greatest, ...(value.unit && { unit: value.unit }) };
}

const greatestOf = (figure: Figure): number => figure.m ?? figure.n;

/** A number that only reports of an earlier stage, or of a part of the places, give. */
export const earlierStage = (words: Sentence): Sentence =>
  sentence('figure.earlierStage', { sentence: words });

export const noNumberSentence = (): Sentence => sentence('figure.none');
