import type { LensResults } from '#lib/client/state/lens-results.svelte.ts';
import type { PlaceRow } from '#lib/client/state/views.ts';

/**
 * The lines of the list of places as one lens sees them: its order, its waits, and of the marks those
 * of its deliveries alone. Refusals stay: nobody knows of what they would have been.
 */
export function rowsThroughLens(
  results: Pick<LensResults, 'waits'>,
  rows: readonly PlaceRow[],
): readonly PlaceRow[] {
  const byId = new Map(rows.map((row) => [row.locality.id, row]));
  return results.waits.flatMap(({ locality, open, possibleOpen, isRanked, gaps, status }) => {
    const row = byId.get(locality);
    if (!row) return [];
    const days = open?.days ?? null;
    const shortest = possibleOpen?.days ?? days;
    const counted = new Set(gaps?.from ?? []);
    const isLens = gaps?.possible !== null && gaps?.possible !== undefined;
    return [
      {
        ...row,
        status: status.status,
        wait: days && shortest ? ([Math.min(days[0], shortest[0]), days[1]] as const) : days,
        isRanked,
        gaps,
        deliveries: isLens
          ? row.deliveries.filter(({ stop }) => counted.has(stop))
          : row.deliveries,
      },
    ];
  });
}

/** The lines with the marks of these convoys alone. */
export function rowsOfConvoys(
  rows: readonly PlaceRow[],
  convoys: { readonly has: (id: string) => boolean },
): readonly PlaceRow[] {
  const isShown = ({ convoy }: { readonly convoy: string }): boolean => convoys.has(convoy);
  return rows.map((row) => ({
    ...row,
    deliveries: row.deliveries.filter(isShown),
    refusals: row.refusals.filter(isShown),
  }));
}

/** Whether anything is drawn of it: with neither delivery nor status it is only a name. */
export const isOnRecord = ({ isRanked, deliveries, refusals }: PlaceRow): boolean =>
  isRanked || deliveries.length > 0 || refusals.length > 0;
