import type { PlaceRow } from '#lib/client/state/views.ts';
import { type Day, monthIndexOf } from '#lib/domain/dates/day.ts';

/** Months that the map of months has at most. */
const MOST_MONTHS = 48;
const LEAST_MONTHS = 24;

/** How many months the map of months has: two years, or the period where it is longer. */
export function monthsToShow(since: Day, asOf: Day): number {
  const period = monthIndexOf(asOf) - monthIndexOf(since) + 1;
  return Math.min(MOST_MONTHS, Math.max(LEAST_MONTHS, period));
}

export interface PlacesReached {
  /** Had a delivery that lies in the period whole. */
  readonly certain: number;
  /** Had none that does, and one that may, or one of a kind that nobody recorded. */
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
    const isCertain = deliveries.some(
      ({ date, isPossible }) => !isPossible && date.earliest >= since && date.latest <= asOf,
    );
    if (isCertain) certain += 1;
    else if (deliveries.some(({ date }) => date.latest >= since && date.earliest <= asOf)) {
      possible += 1;
    }
  }
  return { certain, possible };
}
