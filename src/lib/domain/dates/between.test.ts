import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysBetween, isBefore, monthsBetween, overlaps } from './between.ts';
import { monthIndexOf, wholeMonthsBetween } from './day.ts';
import { anyPartialDate, partialDate } from '../../../../tests/support/arbitrary-dates.ts';
import type { PartialDate } from './partial-date.ts';

const days = (p: string, d: string) => daysBetween(partialDate(p), partialDate(d));
const months = (p: string, d: string) => monthsBetween(partialDate(p), partialDate(d));

describe('indicator 1: days between', () => {
  test('worked cases', () => {
    expect(days('2012-11', '2016-06-29')).toEqual([1_307, 1_336]);
    expect(days('2014-07-14/2014-07-17', '2016-02-17')).toEqual([580, 583]);
    expect(days('2016-04-30', '2016-06-29')).toEqual([60, 60]);
    expect(days('2016-01-14', '2016-06-29')).toEqual([167, 167]);
  });

  test('overlapping dates are not ordered, and nothing lies between a date and an earlier one', () => {
    expect(days('2016-06', '2016-06-29')).toBeNull();
    expect(days('2016-06-29', '2016-06-29')).toBeNull();
    expect(days('2016-06-30', '2016-06-29')).toBeNull();
  });

  test('two dates are before, after, or overlapping: exactly one of these', () => {
    fc.assert(
      fc.property(anyPartialDate, anyPartialDate, (a, b) => {
        const ways = [isBefore(a, b), isBefore(b, a), overlaps(a, b)];
        expect(ways.filter(Boolean)).toHaveLength(1);
      }),
    );
  });
});

describe('indicator 2: months between', () => {
  test.each([
    ['2012-11', '2016-06-29', [43, 43]],
    ['2012', '2016-05', [41, 52]],
    ['2012', '2016-04-21', [40, 51]],
    ['2016-01-31', '2016-02-29', [1, 1]],
    ['2016-01-15', '2016-03-14', [1, 1]],
    ['2014-07-14/2014-07-17', '2016-02-17', [19, 19]],
    ['2015-07/2015-08', '2016-03-22', [7, 8]],
    ['2016-06-28', '2016-06-29', [0, 0]],
  ])('%s to %s', (p, d, expected) => {
    expect(months(p, d)).toEqual(expected);
  });
});

describe('bounds', () => {
  const dayWithin = (date: PartialDate, share: number): number =>
    date.earliest + Math.floor(share * (date.latest - date.earliest));
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  test('contain every pair of days that the two dates allow', () => {
    fc.assert(
      fc.property(anyPartialDate, anyPartialDate, share, share, (p, d, s, t) => {
        const between = daysBetween(p, d);
        const monthsApart = monthsBetween(p, d);
        expect(between === null).toBe(monthsApart === null);
        if (!between || !monthsApart) return;
        const from = dayWithin(p, s);
        const to = dayWithin(d, t);
        expect(to - from).toBeGreaterThanOrEqual(between[0]);
        expect(to - from).toBeLessThanOrEqual(between[1]);
        const bothDays = p.earliest === p.latest && d.earliest === d.latest;
        const apart = bothDays
          ? wholeMonthsBetween(from, to)
          : monthIndexOf(to) - monthIndexOf(from);
        expect(apart).toBeGreaterThanOrEqual(monthsApart[0]);
        expect(apart).toBeLessThanOrEqual(monthsApart[1]);
      }),
    );
  });

  test('are reached: the ends themselves give the smallest and the largest', () => {
    fc.assert(
      fc.property(anyPartialDate, anyPartialDate, (p, d) => {
        const between = daysBetween(p, d);
        if (between) expect(between).toEqual([d.earliest - p.latest, d.latest - p.earliest]);
      }),
    );
  });
});
