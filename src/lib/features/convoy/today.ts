import { type Day, dayOf } from '#lib/domain/dates/day.ts';

/** The calendar day that an instant falls on where this device is. */
export function dayHere(now: Date): Day {
  return dayOf(now.getFullYear(), now.getMonth() + 1, now.getDate());
}

/** Today as far as this device can know, and whether its clock may offer that day. */
export interface KnownToday {
  readonly today: Day;
  readonly isTodayOffered: boolean;
}

/**
 * Of a clock that is known to be wrong the day is the server's, as far as it is known, and is not
 * offered. `clockError` in milliseconds; undefined: nothing speaks against the clock.
 */
export function knownToday(now: number, clockError: number | undefined): KnownToday {
  const today = dayHere(new Date(now - (clockError ?? 0)));
  return { today, isTodayOffered: clockError === undefined };
}
