import type { Day } from '../dates/day.ts';
import { comparePartialDates, cutAt, type PartialDate } from '../dates/partial-date.ts';
import type { Figure } from '../figures/figure.ts';
import { nameKey } from '../names/name-key.ts';
import type { Dataset } from '../records/dataset.ts';
import type { AccessStatusValue } from '../records/vocabularies.ts';
import { dateOf } from './agreement.ts';

/**
 * A number of people that somebody published for all places of a status together, without naming
 * the places. It stands beside coverage and people reached as what it is: it lists nothing, is a
 * share of nothing, and is never added to a place.
 */
export interface PublishedTotal {
  readonly definition: 'published total';
  readonly record: string;
  readonly series: string;
  /** What it calls itself: "Syria total (18 locations)". */
  readonly total: string;
  readonly status: AccessStatusValue;
  readonly asOf: PartialDate;
  readonly people: Figure;
  readonly source: string | null;
  /** Its date is only about right, or reaches past the as-of date. */
  readonly isPossible: boolean;
  /** The newest of its series: ones of one day are all the newest. */
  readonly isLatest: boolean;
}

export interface PublishedTotalOptions {
  readonly status: AccessStatusValue;
  readonly asOf: Day;
  /** Who counts, compared by letters and digits; none: everybody. */
  readonly series?: string | undefined;
}

/** Totals without places that were published for a status by the as-of date, the newest first. */
export function publishedTotals(
  { population }: Pick<Dataset, 'population'>,
  { status, asOf, series }: PublishedTotalOptions,
): readonly PublishedTotal[] {
  const wanted = series === undefined ? undefined : nameKey(series);
  const latest = new Map<string, PartialDate>();
  const found = [...population.values()].flatMap((one) => {
    const date = dateOf(one.asOf);
    const cut = date && cutAt(date, asOf);
    const isTotal = one.total !== undefined && (one.localities ?? []).length === 0;
    const key = nameKey(one.series);
    if (!cut || !isTotal || one.status !== status || (wanted ?? key) !== key) return [];
    const known = latest.get(key);
    if (!known || comparePartialDates(known, cut.date) < 0) latest.set(key, cut.date);
    return [{ one, cut, key }];
  });
  return found
    .map(({ one, cut, key }): PublishedTotal => ({
      definition: 'published total',
      record: one.id,
      series: one.series,
      total: one.total ?? '',
      status,
      asOf: cut.date,
      people: one.people,
      source: one.source ?? null,
      isPossible: cut.straddles || cut.date.approximate,
      isLatest: latest.get(key)?.edtf === cut.date.edtf,
    }))
    .sort(
      (a, b) =>
        comparePartialDates(b.asOf, a.asOf) ||
        a.series.localeCompare(b.series, 'en') ||
        (a.record < b.record ? -1 : 1),
    );
}
