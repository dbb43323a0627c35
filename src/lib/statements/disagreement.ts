import type { Disagreement } from '#lib/domain/access/disagreement.ts';
import type { Figure } from '#lib/domain/figures/figure.ts';
import {
  figureNumber,
  figureWithUnit,
  givenSentence,
  peopleSentence,
  spreadFigure,
  spreadSentence,
} from './figures.ts';
import { numberPart, type Part, sentence, type Sentence } from './sentence.ts';

/** "reports differ on the number of trucks: 37 (4 reports) and 38 (1 report); shown: 37". */
export function disagreementSentence(
  found: Pick<Disagreement, 'figure' | 'values' | 'value'>,
): Sentence {
  return sentence('disagree.line', {
    figure: sentence(`disagree.figure.${found.figure}`),
    values: { kind: 'list', items: found.values.map(valueSentence) },
    accepted: numberOf(found.value),
  });
}

/** "Reports differ on 9 figures of 7 convoys": the title of the chart (indicator 10). */
export function findingOfDisagreement(found: readonly Disagreement[]): Sentence {
  if (found.length === 0) return sentence('disagree.none');
  const convoys = new Set(found.map(({ convoy }) => convoy)).size;
  return sentence('disagree.finding', {
    count: found.length,
    convoys: sentence('unit.convoys', { count: convoys }),
  });
}

const PEOPLE_KIND_OF = {
  people_intended: 'intended',
  people_approved: 'approved',
  people_reached: 'reached',
} as const;

/** "37–38 trucks (5 of 8 reports give a number)": the least and the greatest that reports state. */
export function disagreementSpread(found: Disagreement): Sentence {
  const { figure, given, of } = found;
  const spread = spreadFigure({ ...found, accepted: false });
  if (figure === 'trucks') return spreadSentence(spread, 'trucks', given, of);
  return sentence('figure.spread', {
    sentence: peopleSentence(spread, PEOPLE_KIND_OF[figure]),
    given: givenSentence(given, of),
  });
}

function valueSentence({ figure, reports }: Disagreement['values'][number]): Sentence {
  return sentence('disagree.value', {
    value: numberOf(figure),
    reports: sentence('unit.reports', { count: reports, figure: numberPart(reports) }),
  });
}

/** Families and baskets are named: they are no people. */
const numberOf = (figure: Figure): Part =>
  figure.unit && figure.unit !== 'people'
    ? figureWithUnit(figure, figure.unit)
    : figureNumber(figure);
