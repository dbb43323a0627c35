import { type Day, dayOf } from '#lib/domain/dates/day.ts';

/** The calendar day that an instant falls on where this device is. */
export function dayHere(now: Date): Day {
  return dayOf(now.getFullYear(), now.getMonth() + 1, now.getDate());
}
