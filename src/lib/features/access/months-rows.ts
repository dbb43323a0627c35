import type { PlaceRow } from '#lib/client/state/views.ts';
import { type Day, monthIndexOf } from '#lib/domain/dates/day.ts';

/** Months that the map of months has at most. */
const MOST_MONTHS = 48;
const LEAST_MONTHS = 24;

/**
 * How many months the map of months has: two years, or the period where it is longer. Under a lens
 * it has the period alone, as what is said of deliveries of an unknown kind is.
 */
export function monthsToShow(since: Day, asOf: Day, isAnyDelivery: boolean): number {
  const period = monthIndexOf(asOf) - monthIndexOf(since) + 1;
  return Math.min(MOST_MONTHS, isAnyDelivery ? Math.max(LEAST_MONTHS, period) : period);
}

/**
 * The rows with those deliveries alone that are recorded as what the lens asks for; null: any is.
 * With others of an unknown kind, a month without one is no longer known to be one of none.
 */
export const rowsOfStops = (
  rows: readonly PlaceRow[],
  stops: ReadonlySet<string> | null,
): readonly PlaceRow[] =>
  stops === null
    ? rows
    : rows.map((row) => ({
        ...row,
        gaps: null,
        deliveries: row.deliveries.filter(({ stop }) => stops.has(stop)),
      }));

export interface PlacesReached {
  /** Had a delivery that lies in the period whole. */
  readonly certain: number;
  /** Had none that does, and one that may. */
  readonly possible: number;
}

/** Of how many places a delivery on record lies in a period, both days with it. */
export function placesReached(
  rows: readonly Pick<PlaceRow, 'deliveries'>[],
  since: Day,
  asOf: Day,
): PlacesReached {
  let certain = 0;
  let possible = 0;
  for (const { deliveries } of rows) {
    if (deliveries.some(({ date }) => date.earliest >= since && date.latest <= asOf)) certain += 1;
    else if (deliveries.some(({ date }) => date.latest >= since && date.earliest <= asOf)) {
      possible += 1;
    }
  }
  return { certain, possible };
}
