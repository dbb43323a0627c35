import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anyPartialDate,
  closeDay,
  partialDate,
} from '../../../../tests/support/arbitrary-dates.ts';
import { datasetOf, type WrittenRecord } from '../../../../tests/support/fixture-dataset.ts';
import { dayOf } from '../dates/day.ts';
import { buildAccess } from './access-records.ts';
import { computeFirstSince } from './first-since.ts';
import { computeGaps } from './gaps.ts';

interface Delivery {
  readonly date: string;
  readonly sectors?: readonly string[] | null;
}

/** One locality with these deliveries. */
function placeWith(deliveries: readonly Delivery[], recordsSince?: string) {
  const records: Record<string, WrittenRecord> = {
    a: ['locality', { name: 'A', ...(recordsSince ? { recordsSince } : {}) }],
  };
  deliveries.forEach(({ date, sectors }, i) => {
    records[`c${i}`] = ['convoy', { name: `c${i}`, date, status: 'delivered' }];
    records[`s${i}`] = [
      'stop',
      { convoy: `c${i}`, localities: ['a'], ...(sectors ? { sectors } : {}) },
    ];
  });
  return buildAccess(datasetOf(records));
}
const asOf = dayOf(2016, 6, 29);
const gapsOf = (...dates: string[]) => {
  const [gaps] = computeGaps(placeWith(dates.map((date) => ({ date }))), { asOf });
  return gaps;
};

describe('indicator 1', () => {
  test('overlapping stops close nothing between them, and are possibly not the first', () => {
    const gaps = gapsOf('2016-01-01', '2016-02', '2016-02-10');
    expect(gaps?.recorded.gaps.map(({ from, to, days }) => [from.date, to.date, days])).toEqual([
      ['2016-01-01', '2016-02', [31, 59]],
      ['2016-01-01', '2016-02-10', [40, 40]],
    ]);
    const caveats = gaps?.recorded.gaps.map((gap) => gap.caveats.map((caveat) => caveat.type));
    expect(caveats).toEqual([['possibly_not_first'], ['possibly_not_first']]);
  });

  test('the least and the greatest length may come from different stops before', () => {
    const gaps = gapsOf('2016-01-10', '2016-01-01/2016-01-12', '2016-02-01');
    const last = gaps?.recorded.gaps.at(-1);
    expect(last).toMatchObject({ from: { date: '2016-01-01/2016-01-12' }, days: [20, 22] });
  });

  test('gaps with the same two ends are one', () => {
    const gaps = gapsOf('2016-01-01', '2016-02-01', '2016-02-01');
    expect(gaps?.recorded.deliveries).toBe(3);
    expect(gaps?.recorded.gaps).toHaveLength(1);
    expect(gaps?.recorded.gaps[0]?.to.stops).toEqual(['s1', 's2']);
  });

  test('nothing after the as-of date counts, a range that straddles it is cut and possible', () => {
    expect(gapsOf('2016-07-01')).toBeUndefined();
    const gaps = gapsOf('2016-06-01', '2016-06-20/2016-07-10');
    expect(gaps?.recorded.gaps[0]).toMatchObject({ days: [19, 28], possible: true });
    expect(gaps?.recorded.open).toMatchObject({ days: [0, 9], possible: true });
    expect(gaps?.recorded.open?.caveats).toMatchObject([{ type: 'straddles_as_of' }]);
  });

  test('an approximate date is a caveat and makes the gap possible', () => {
    const gaps = gapsOf('2016-05-06', '2016-06-22~');
    expect(gaps?.recorded.gaps[0]).toMatchObject({ days: [47, 47], possible: true });
    expect(gaps?.recorded.gaps[0]?.caveats).toEqual([
      { type: 'approximate_date', date: '2016-06-22~' },
    ]);
  });

  test('a delivery without a date is left out, and named', () => {
    const access = buildAccess(
      datasetOf({
        a: ['locality', { name: 'A' }],
        c: ['convoy', { status: 'delivered' }],
        s: ['stop', { convoy: 'c', localities: ['a'] }],
        orphan: ['stop', { convoy: 'gone', localities: ['a'] }],
      }),
    );
    expect(access.leftOut).toEqual([
      { type: 'no_date', record: 'c' },
      { type: 'stop_without_convoy', record: 'orphan' },
    ]);
    const [gaps] = computeGaps(access, { asOf });
    expect(gaps).toMatchObject({
      recorded: { deliveries: 0, gaps: [], open: null },
      caveats: [{ type: 'undated_delivery', convoy: 'c' }],
    });
  });

  test('a lens never reads unknown as no', () => {
    const access = placeWith([
      { date: '2016-01-01', sectors: ['FSC'] },
      { date: '2016-02-01' },
      { date: '2016-03-01', sectors: ['WSH'] },
    ]);
    const [gaps] = computeGaps(access, { asOf, lens: { sector: 'FSC' } });
    expect(gaps?.recorded).toMatchObject({ deliveries: 1, open: { from: { date: '2016-01-01' } } });
    expect(gaps?.possible).toMatchObject({ deliveries: 2, open: { from: { date: '2016-02-01' } } });
  });
});

describe('indicator 2', () => {
  test('the name is the date of the stop before with the greatest latest day', () => {
    const access = placeWith([{ date: '2012' }, { date: '2016-04-21' }]);
    expect(computeFirstSince(access, { asOf }).at(-1)).toMatchObject({
      since: { date: { edtf: '2012' }, months: [40, 51] },
    });
  });

  test('none on record: the first on our record, with recordsSince where known', () => {
    const [entry] = computeFirstSince(placeWith([{ date: '2016-04-21' }], '2014'), { asOf });
    expect(entry).toMatchObject({ since: null, recordsSince: '2014' });
  });

  test('under a lens a later delivery of unknown content makes the answer possible only', () => {
    const access = placeWith([
      { date: '2015-01-01', sectors: ['FSC'] },
      { date: '2016-02-01' },
      { date: '2016-03-01', sectors: ['FSC'] },
    ]);
    const entries = computeFirstSince(access, { asOf, lens: { sector: 'FSC' } });
    expect(entries.at(-1)).toMatchObject({
      since: { date: { edtf: '2015-01-01' } },
      possible: { since: { date: { edtf: '2016-02-01' } } },
    });
  });
});

describe('the same by brute force', () => {
  const history = fc.array(
    fc.record({
      date: anyPartialDate.map((date) => date.edtf),
      sectors: fc.constantFrom(null, ['FSC'], ['WSH']),
    }),
    { maxLength: 9 },
  );

  /** Straight from the words of the definition, comparing every stop with every other. */
  function slowGaps(deliveries: readonly Delivery[], day: number) {
    const stops = deliveries
      .map(({ date }) => partialDate(date))
      .filter((date) => date.earliest <= day);
    const found = new Map<string, readonly [number, number]>();
    for (const stop of stops) {
      const before = stops.filter((other) => other.latest < stop.earliest);
      if (before.length === 0) continue;
      const l = Math.max(...before.map((other) => other.latest));
      const e = Math.max(...before.map((other) => other.earliest));
      const days = [stop.earliest - l, Math.min(stop.latest, day) - e] as const;
      found.set(`${stop.earliest} ${stop.latest}`, days);
    }
    const l = Math.max(...stops.map((stop) => Math.min(stop.latest, day)));
    const e = Math.max(...stops.map((stop) => stop.earliest));
    return { deliveries: stops.length, days: [...found.values()].sort(), open: [day - l, day - e] };
  }

  const summary = (series: {
    deliveries: number;
    gaps: readonly { days: readonly number[] }[];
    open: { days: readonly number[] } | null;
  }) => ({
    deliveries: series.deliveries,
    days: series.gaps.map((gap) => [...gap.days]).sort(),
    open: series.open && [...series.open.days],
  });

  test('indicator 1: gaps, open waits and both bounds of a lens', () => {
    fc.assert(
      fc.property(history, closeDay, (deliveries, day) => {
        const access = placeWith(deliveries);
        const lensed = (unknown: boolean) =>
          deliveries.filter(({ sectors }) => (sectors ? sectors[0] === 'FSC' : unknown));
        const empty = { deliveries: 0, days: [], open: null };
        const expected = (some: readonly Delivery[]) => {
          const slow = slowGaps(some, day);
          return slow.deliveries === 0 ? empty : slow;
        };
        const [plain] = computeGaps(access, { asOf: day });
        const [food] = computeGaps(access, { asOf: day, lens: { sector: 'FSC' } });
        expect(plain ? summary(plain.recorded) : empty).toEqual(expected(deliveries));
        if (!food?.possible) return;
        expect(summary(food.recorded)).toEqual(expected(lensed(false)));
        expect(summary(food.possible)).toEqual(expected(lensed(true)));
        if (food.recorded.open && food.possible.open) {
          expect(food.possible.open.days[0]).toBeLessThanOrEqual(food.recorded.open.days[0]);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('indicator 1: "possibly not the first" where another stop overlaps, and only there', () => {
    fc.assert(
      fc.property(history, closeDay, (deliveries, day) => {
        const dates = deliveries
          .map(({ date }) => partialDate(date))
          .filter((date) => date.earliest <= day);
        for (const entry of computeFirstSince(placeWith(deliveries), { asOf: day })) {
          const overlapping = dates.filter(
            (date) => date.earliest <= entry.date.latest && date.latest >= entry.date.earliest,
          );
          const types = entry.caveats.map((caveat) => caveat.type);
          expect(types.includes('possibly_not_first')).toBe(overlapping.length > 1);
        }
      }),
      { numRuns: 300 },
    );
  });
});
