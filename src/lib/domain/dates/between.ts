import { monthIndexOf, type Span, wholeMonthsBetween } from './day.ts';
import type { PartialDate } from './partial-date.ts';

/** The smallest and the largest that a number can be. */
export type Bounds = readonly [min: number, max: number];

/** Whether every day of `p` is before every day of `d`. Ranges that overlap are not ordered. */
export const isBefore = (p: Span, d: Span): boolean => p.latest < d.earliest;

/** Whether the two have a day in common, so that neither is known to be the first. */
export const overlaps = (p: Span, d: Span): boolean =>
  p.earliest <= d.latest && d.earliest <= p.latest;

/**
 * Days from `p` to a later `d`, as the smallest and the largest they can be (indicator 1).
 * Overlapping dates are not ordered, and a `d` before `p` has no such days: null.
 */
export function daysBetween(p: Span, d: Span): Bounds | null {
  return isBefore(p, d) ? [d.earliest - p.latest, d.latest - p.earliest] : null;
}

/**
 * Months from `p` to a later `d` (the length of indicator 2): whole calendar months between two
 * days; the difference of calendar months where either is a month or an interval inside one; the
 * smallest and the largest such difference where either is a year or an interval over several
 * months. Not ordered: null.
 */
export function monthsBetween(p: PartialDate, d: PartialDate): Bounds | null {
  if (!isBefore(p, d)) return null;
  if (p.earliest === p.latest && d.earliest === d.latest) {
    const months = wholeMonthsBetween(p.earliest, d.earliest);
    return [months, months];
  }
  return [
    monthIndexOf(d.earliest) - monthIndexOf(p.latest),
    monthIndexOf(d.latest) - monthIndexOf(p.earliest),
  ];
}
