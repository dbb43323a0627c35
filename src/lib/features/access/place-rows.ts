import type { PlaceRow } from '#lib/client/state/views.ts';

/** Whether anything is drawn of it: with neither delivery nor status it is only a name. */
export const isOnRecord = ({ isRanked, deliveries, refusals }: PlaceRow): boolean =>
  isRanked || deliveries.length > 0 || refusals.length > 0;
