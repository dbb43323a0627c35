import type { Day } from '#lib/domain/dates/day.ts';

/** The days that a time line shows: part of all that there are. */
export interface TimeWindow {
  readonly from: Day;
  readonly to: Day;
}

/** Nobody needs to see less than two months at once. */
const LEAST_DAYS = 60;

/** The window within the whole, as long as it was where that is possible. */
export function keptWithin(window: TimeWindow, whole: TimeWindow): TimeWindow {
  const all = whole.to - whole.from;
  const length = Math.min(Math.max(window.to - window.from, Math.min(LEAST_DAYS, all)), all);
  const from = Math.min(Math.max(window.from, whole.from), whole.to - length);
  return { from: Math.round(from), to: Math.round(from + length) };
}

/** Shifted by days, never beyond the whole. */
export const panned = (window: TimeWindow, days: number, whole: TimeWindow): TimeWindow =>
  keptWithin({ from: window.from + days, to: window.to + days }, whole);

/**
 * Showing `factor` times as many days (0.5: half of them), the day at `share` of the width (0 the
 * earliest, 1 the latest) staying where it is.
 */
export function zoomed(
  window: TimeWindow,
  factor: number,
  share: number,
  whole: TimeWindow,
): TimeWindow {
  const length = window.to - window.from;
  const still = window.from + length * share;
  const all = whole.to - whole.from;
  const wanted = Math.min(Math.max(length * factor, Math.min(LEAST_DAYS, all)), all);
  const from = still - wanted * share;
  return keptWithin({ from, to: from + wanted }, whole);
}
