import {
  type PartialDate,
  parsePartialDate,
  withApproximate,
  withoutApproximate,
} from '../dates/partial-date.ts';
import { compareFigures, type Figure, figureToText } from '../figures/figure.ts';
import {
  CONVOY_ENDS,
  CONVOY_STAGES,
  CONVOY_STATUSES,
  type ConvoyEnd,
  type ConvoyStage,
  type ConvoyStatus,
} from '../records/vocabularies.ts';

/** What several reports say together (docs/records.md, From reports to a convoy). */

export const isEnd = (status: ConvoyStatus): status is ConvoyEnd =>
  (CONVOY_ENDS as readonly string[]).includes(status);

export const isDeliveredStatus = (status: ConvoyStatus | null): boolean =>
  status === 'delivered' || status === 'partially_delivered';

export interface AgreedStatus {
  readonly status: ConvoyStatus;
  /** Differing ends were reported: a person should look. */
  readonly disputed: boolean;
  /** The reported statuses that it stands for: whose reports say where, what and by whom. */
  readonly givenAs: ReadonlySet<ConvoyStatus>;
}

function countOf<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function mostGiven<T>(counts: ReadonlyMap<T, number>): T[] {
  const most = Math.max(...counts.values());
  return [...counts].filter(([, count]) => count === most).map(([value]) => value);
}

/**
 * The status of a convoy from those that its reports give. An end outranks a stage; among ends the
 * one most reports give; of a tie `partially_delivered` where it includes `delivered`, else the
 * least favourable. Among stages only, the furthest. None given: null.
 */
export function agreedStatus(given: readonly ConvoyStatus[]): AgreedStatus | null {
  if (given.length === 0) return null;
  const ends = countOf(given.filter(isEnd));
  if (ends.size === 0) {
    const stages = given as readonly ConvoyStage[];
    const furthest = Math.max(...stages.map((stage) => CONVOY_STAGES.indexOf(stage)));
    const status = CONVOY_STAGES[furthest] ?? 'planned';
    return { status, disputed: false, givenAs: new Set([status]) };
  }
  const disputed = ends.size > 1;
  const most = mostGiven(ends);
  if (most.length === 1 && most[0]) {
    return { status: most[0], disputed, givenAs: new Set([most[0]]) };
  }
  if (most.includes('delivered')) {
    const givenAs = new Set<ConvoyStatus>(['delivered', 'partially_delivered']);
    return { status: 'partially_delivered', disputed, givenAs };
  }
  return { ...leastFavourable(most), disputed };
}

function leastFavourable(ends: readonly ConvoyEnd[]): Omit<AgreedStatus, 'disputed'> {
  const order = ends.map((end) => CONVOY_STATUSES.indexOf(end));
  const status = CONVOY_STATUSES[Math.max(...order)] ?? 'not_deployed';
  return { status, givenAs: new Set([status]) };
}

/** A record's date as a PartialDate; null where it has none that can be read. */
export function dateOf(edtf: string | undefined): PartialDate | null {
  if (edtf === undefined) return null;
  const read = parsePartialDate(edtf);
  return read.ok ? read.value : null;
}

/**
 * The date that most give, then the narrowest, then the earliest, compared without `~`, which is
 * kept only if all that give this date carry it.
 */
export function agreedDate(dates: readonly PartialDate[]): PartialDate | null {
  const byText = new Map<string, PartialDate[]>();
  for (const date of dates) {
    const { edtf } = withoutApproximate(date);
    byText.set(edtf, [...(byText.get(edtf) ?? []), date]);
  }
  const width = (date: PartialDate): number => date.latest - date.earliest;
  let best: PartialDate[] | null = null;
  for (const same of byText.values()) {
    const [date, known] = [same[0], best?.[0]];
    if (!date || !best || !known) {
      best = same;
      continue;
    }
    const order =
      best.length - same.length ||
      width(date) - width(known) ||
      date.earliest - known.earliest ||
      (withoutApproximate(date).edtf < withoutApproximate(known).edtf ? -1 : 1);
    if (order < 0) best = same;
  }
  if (!best?.[0]) return null;
  const certain = withoutApproximate(best[0]);
  return best.every((date) => date.approximate) ? withApproximate(certain) : certain;
}

export interface FigureCount {
  readonly figure: Figure;
  readonly reports: number;
}

/** Each different value with the number of times it is given, in the order of figures. */
export function countFigures(figures: readonly Figure[]): readonly FigureCount[] {
  const counts = new Map<string, { figure: Figure; reports: number }>();
  for (const figure of figures) {
    const key = `${figureToText(figure)} ${figure.unit ?? 'people'}`;
    const known = counts.get(key);
    if (known) known.reports += 1;
    else counts.set(key, { figure, reports: 1 });
  }
  return [...counts.values()].sort((a, b) => compareFigures(a.figure, b.figure));
}

/**
 * The most frequent value; a tie stays a range from the least to the greatest (`44-50`). Where the
 * tied ones count in different units, those that count people are preferred. None given: null.
 */
export function agreedFigure(figures: readonly Figure[]): Figure | null {
  if (figures.length === 0) return null;
  const counts = countFigures(figures);
  const most = Math.max(...counts.map((count) => count.reports));
  const tied = counts.filter((count) => count.reports === most).map((count) => count.figure);
  const people = tied.filter((figure) => (figure.unit ?? 'people') === 'people');
  const [first, ...others] =
    people.length > 0 ? people : tied.filter((figure) => figure.unit === tied[0]?.unit);
  if (!first) return null;
  if (others.length === 0) return first;
  const unit = first.unit === undefined ? {} : { unit: first.unit };
  const all = [first, ...others];
  const n = Math.min(...all.map((figure) => (figure.q === '<' ? 0 : figure.n)));
  if (all.some((figure) => figure.q === '>')) return { q: '>', n, ...unit };
  const m = Math.max(...all.map((figure) => figure.m ?? figure.n));
  return n === m ? { q: '~', n, ...unit } : { q: '..', n, m, ...unit };
}
