import type { Day } from '../dates/day.ts';

/** Consumption from a day on: so many units a day. */
export interface Rate {
  /** First day; of the first rate, every day before it as well. */
  readonly from: Day;
  /** More than zero. */
  readonly perDay: number;
}

/** What one delivery brings, and how fast it is eaten. */
export interface Batch {
  /** It comes in the morning of this day, and is eaten from then on. */
  readonly day: Day;
  readonly amount: number;
  /** In order of their days; at least one. */
  readonly rates: readonly Rate[];
}

/** Days without a break on which a batch is eaten, `to` excluded; parts of days are parts. */
export interface Eaten {
  readonly from: number;
  readonly to: number;
}

/** When an amount is used up that is eaten from this moment on. */
function usedUp(from: number, amount: number, rates: readonly Rate[]): number {
  let left = amount;
  let at = from;
  for (const [i, { perDay }] of rates.entries()) {
    const until = rates[i + 1]?.from ?? Infinity;
    if (until <= at) continue;
    const end = at + left / perDay;
    if (end <= until) return end;
    left -= (until - at) * perDay;
    at = until;
  }
  return at;
}

/**
 * Batches eaten one after the other in the order in which they come, each from the day it comes or
 * from when the one before is used up (indicator 7). A part of a day counts as that part.
 */
export function eatenOf(batches: readonly Batch[]): readonly Eaten[] {
  let end = -Infinity;
  return [...batches]
    .sort((a, b) => a.day - b.day)
    .map(({ day, amount, rates }) => {
      const from = Math.max(end, day);
      end = usedUp(from, amount, rates);
      return { from, to: end };
    });
}

/** Less than a tenth of a second: what is left of a day by rounding is no day. */
const ROUNDING = 1e-6;

/** The day on which the last of it is eaten; null: there was nothing to eat. */
export function lastDayOf(eaten: readonly Eaten[]): Day | null {
  const ends = eaten.filter(({ from, to }) => to > from).map(({ to }) => to);
  return ends.length === 0 ? null : Math.ceil(Math.max(...ends) - ROUNDING) - 1;
}

/** How many of the days from `since` to `until`, both included, something was eaten on. */
export function daysCovered(eaten: readonly Eaten[], since: Day, until: Day): number {
  return eaten.reduce(
    (days, { from, to }) => days + Math.max(0, Math.min(to, until + 1) - Math.max(from, since)),
    0,
  );
}
