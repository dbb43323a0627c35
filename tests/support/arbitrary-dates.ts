import fc from 'fast-check';
import { dayOf, dayToIso } from '../../src/lib/domain/dates/day.ts';
import { parsePartialDate, type PartialDate } from '../../src/lib/domain/dates/partial-date.ts';

/** The date that a text says, which must be one. */
export function partialDate(text: string): PartialDate {
  const read = parsePartialDate(text);
  if (!read.ok) throw new Error(`${read.error.type}: ${text}`);
  return read.value;
}

/** Days close to each other, so that generated dates often touch and overlap. */
export const closeDay = fc.integer({ min: dayOf(2011, 1, 1), max: dayOf(2017, 12, 31) });

const written = fc.oneof(
  closeDay.map(dayToIso),
  closeDay.map((day) => dayToIso(day).slice(0, 7)),
  closeDay.map((day) => dayToIso(day).slice(0, 4)),
);

/** Dates of every precision, certain and approximate. */
export const anyPartialDate: fc.Arbitrary<PartialDate> = fc
  .tuple(written, written, fc.boolean(), fc.boolean())
  .map(([from, to, isInterval, approximate]) => {
    const tilde = approximate ? '~' : '';
    const interval = parsePartialDate(`${from}/${to}${tilde}`);
    return isInterval && interval.ok ? interval.value : partialDate(from + tilde);
  });
