import { addMonths as addMonthsLocal, differenceInCalendarMonths } from 'date-fns';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addMonths,
  calendarDayOf,
  dayFromIso,
  dayOf,
  daysInMonth,
  dayToIso,
  monthIndexOf,
  spanOfMonth,
  wholeMonthsBetween,
} from './day.ts';

const day = (iso: string): number => {
  const read = dayFromIso(iso);
  if (!read.ok) throw new Error(read.error.type);
  return read.value;
};
const anyDay = fc.integer({ min: dayOf(1, 1, 1), max: dayOf(9999, 12, 31) });

describe('days are calendar days', () => {
  test('1970-01-01 is day 0, and the worked days are where they belong', () => {
    expect(day('1970-01-01')).toBe(0);
    expect(day('2016-06-29') - day('2012-11-30')).toBe(1_307);
    expect(day('2016-06-29') - day('2012-11-01')).toBe(1_336);
    expect(dayToIso(day('0001-01-01'))).toBe('0001-01-01');
    expect(dayToIso(day('9999-12-31'))).toBe('9999-12-31');
  });

  test('they agree with the calendar of the platform on every day', () => {
    fc.assert(
      fc.property(anyDay, (value) => {
        const date = new Date(value * 86_400_000);
        expect(dayToIso(value)).toBe(date.toISOString().slice(0, 10));
        const { year, month, day: dayOfMonth } = calendarDayOf(value);
        expect(dayOf(year, month, dayOfMonth)).toBe(value);
        expect(day(dayToIso(value))).toBe(value);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['2016-02-30', 'no_such_day'],
    ['2015-02-29', 'no_such_day'],
    ['2016-13-01', 'no_such_day'],
    ['0000-01-01', 'year_out_of_range'],
    ['31/02/2016', 'not_a_day'],
    ['2016-6-29', 'not_a_day'],
    ['2016-06', 'not_a_day'],
    ['', 'not_a_day'],
  ])('%s is refused as %s', (text, type) => {
    expect(dayFromIso(text)).toEqual({ ok: false, error: { type, text } });
  });

  test('1900 and 2100 are no leap years, 2000 is one', () => {
    expect([1900, 2000, 2100, 2016].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 28, 29]);
  });
});

describe('calendar months', () => {
  test('adding months keeps the day, or takes the last one of a shorter month', () => {
    expect(dayToIso(addMonths(day('2016-01-31'), 1))).toBe('2016-02-29');
    expect(dayToIso(addMonths(day('2016-06-29'), -43))).toBe('2012-11-29');
  });

  test('they agree with date-fns', () => {
    const at = (value: number): Date => {
      const { year, month, day: dayOfMonth } = calendarDayOf(value);
      return new Date(year, month - 1, dayOfMonth, 12);
    };
    const modernDay = fc.integer({ min: day('1900-01-01'), max: day('2100-12-31') });
    fc.assert(
      fc.property(modernDay, fc.integer({ min: -600, max: 600 }), (value, months) => {
        const moved = addMonths(value, months);
        const expected = addMonthsLocal(at(value), months);
        expect(calendarDayOf(moved)).toEqual({
          year: expected.getFullYear(),
          month: expected.getMonth() + 1,
          day: expected.getDate(),
        });
        expect(monthIndexOf(moved) - monthIndexOf(value)).toBe(
          differenceInCalendarMonths(expected, at(value)),
        );
      }),
    );
  });

  test('whole months are the most that fit between two days', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 4_000 }), (from, later) => {
        const months = wholeMonthsBetween(from, from + later);
        expect(addMonths(from, months)).toBeLessThanOrEqual(from + later);
        expect(addMonths(from, months + 1)).toBeGreaterThan(from + later);
      }),
    );
  });

  test('a month spans from its first to its last day', () => {
    const span = spanOfMonth(monthIndexOf(day('2016-02-17')));
    expect([dayToIso(span.earliest), dayToIso(span.latest)]).toEqual(['2016-02-01', '2016-02-29']);
  });
});
