import { err, ok, type Result } from '../result.ts';

/**
 * A calendar day, as the number of days since 1970-01-01 in the proleptic Gregorian calendar.
 * It is no instant: there is no time zone in it, so none can shift it. That is why days are
 * computed as integers here, and not through `Date` or date-fns, which reckon in local time.
 */
export type Day = number;

export interface CalendarDay {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  /** 1 to 31 */
  readonly day: number;
}

export interface DayError {
  readonly type: 'not_a_day' | 'no_such_day' | 'year_out_of_range';
  readonly text: string;
}

const DAYS_IN_400_YEARS = 146_097;
/** Days from 1 March of the year 0, where the count of leap days starts anew, to 1970-01-01. */
const DAYS_BEFORE_1970 = 719_468;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export const isLeapYear = (year: number): boolean =>
  year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Length of a month in days; `month` is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
}

/** The day with these numbers, which must name an existing day of the years 1 to 9999. */
export function dayOf(year: number, month: number, day: number): Day {
  // Years are counted from March, so that the leap day is the last of its year.
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * DAYS_IN_400_YEARS + yearOfEra * 365 + leapDays + dayOfYear - DAYS_BEFORE_1970;
}

/** Year, month and day of month of a day. */
export function calendarDayOf(day: Day): CalendarDay {
  const shifted = day + DAYS_BEFORE_1970;
  const era = Math.floor(shifted / DAYS_IN_400_YEARS);
  const dayOfEra = shifted - era * DAYS_IN_400_YEARS;
  const leapDays =
    Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** The day named by year, month and day of month, or why there is none. Years 1 to 9999. */
export function dayFromNumbers(year: number, month: number, day: number): Result<Day, DayError> {
  const text = `${year}-${month}-${day}`;
  if (!(year >= 1 && year <= 9999)) return err({ type: 'year_out_of_range', text });
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return exists ? ok(dayOf(year, month, day)) : err({ type: 'no_such_day', text });
}

/** Reads `2016-06-29` and nothing else; a month or a year alone is a PartialDate, never a day. */
export function dayFromIso(text: string): Result<Day, DayError> {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return err({ type: 'not_a_day', text });
  const read = dayFromNumbers(Number(match[1]), Number(match[2]), Number(match[3]));
  return read.ok ? read : err({ ...read.error, text });
}

const padded = (value: number, length: number): string => String(value).padStart(length, '0');

/** `2016-06-29` for a day of the years 1 to 9999. */
export function dayToIso(day: Day): string {
  const { year, month, day: dayOfMonth } = calendarDayOf(day);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(dayOfMonth, 2)}`;
}

/** Months since January of the year 0: differences of it are differences of calendar months. */
export function monthIndexOf(day: Day): number {
  const { year, month } = calendarDayOf(day);
  return year * 12 + month - 1;
}

/** The same day of the month `months` later (or earlier), or the last one of a shorter month. */
export function addMonths(day: Day, months: number): Day {
  const { day: dayOfMonth } = calendarDayOf(day);
  const index = monthIndexOf(day) + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  return dayOf(year, month, Math.min(dayOfMonth, daysInMonth(year, month)));
}

/** The whole calendar months that have passed from one day to a later or equal one. */
export function wholeMonthsBetween(from: Day, to: Day): number {
  const months = monthIndexOf(to) - monthIndexOf(from);
  return addMonths(from, months) <= to ? months : months - 1;
}

export interface Span {
  readonly earliest: Day;
  readonly latest: Day;
}

/** First and last day of the calendar month with this `monthIndexOf`. */
export function spanOfMonth(monthIndex: number): Span {
  const year = Math.floor(monthIndex / 12);
  const month = monthIndex - year * 12 + 1;
  return { earliest: dayOf(year, month, 1), latest: dayOf(year, month, daysInMonth(year, month)) };
}
