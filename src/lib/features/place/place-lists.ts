import type { PlaceRow } from '#lib/client/state/views.ts';

/** The places in the order of the screen: ranked waits, ranked places without a record, the others. */
export interface PlaceGroups {
  readonly waiting: readonly PlaceRow[];
  readonly noneOnRecord: readonly PlaceRow[];
  readonly others: readonly PlaceRow[];
}

/** Splits rows that come ranked already; their order within a group stays. */
export function groupPlaces(rows: readonly PlaceRow[]): PlaceGroups {
  const ranked = rows.filter((row) => row.isRanked);
  return {
    waiting: ranked.filter((row) => row.wait !== null),
    noneOnRecord: ranked.filter((row) => row.wait === null),
    others: rows.filter((row) => !row.isRanked),
  };
}
