import { describe, expect, test } from 'vitest';
import { datasetOf, type WrittenRecord } from '../../../../tests/support/fixture-dataset.ts';
import { dayOf, dayToIso } from '../dates/day.ts';
import { buildAccess } from './access-records.ts';
import { computeSupply, type SupplyOptions } from './supply.ts';

type Records = Readonly<Record<string, WrittenRecord>>;
const options: SupplyOptions = {
  asOf: dayOf(2016, 6, 29),
  since: dayOf(2016, 6, 1),
  series: 'UN',
};
const exactly = (n: number) => ({ q: '=', n });
const PLACES: Records = { a: ['locality', { name: 'A' }], b: ['locality', { name: 'B' }] };
const population = (localities: string[], people: object, asOf = '2016-01'): WrittenRecord => [
  'population',
  { series: 'un', localities, people, asOf },
];
function delivery(
  id: string,
  date: string,
  people: number | object | null,
  days: number | null | object,
  more: object = {},
): Records {
  const figure = (value: number | object) => (typeof value === 'number' ? exactly(value) : value);
  return {
    [`c${id}`]: ['convoy', { date, status: 'delivered' }],
    [id]: [
      'stop',
      {
        convoy: `c${id}`,
        localities: ['a'],
        ...(people === null ? {} : { peopleReached: figure(people) }),
        ...(days === null ? {} : { daysOfSupply: figure(days) }),
        ...more,
      },
    ],
  };
}
const supplyOf = (records: Records, more: Partial<SupplyOptions> = {}) => {
  const found = computeSupply(buildAccess(datasetOf({ ...PLACES, ...records })), {
    ...options,
    ...more,
  });
  const [supply] = found;
  if (!supply) throw new Error('no supply');
  const iso = (day: number | null | undefined) => (typeof day === 'number' ? dayToIso(day) : null);
  return {
    ...supply,
    ends: [iso(supply.endsOn?.[0]), iso(supply.endsOn?.[1])],
    types: supply.caveats.map(({ type }) => type),
  };
};

describe('indicator 7', () => {
  const P = { p: population(['a'], exactly(1_000)) };

  test('people × days of supply, eaten by the population a day, from the day it came', () => {
    const supply = supplyOf({ ...P, ...delivery('s', '2016-06-01', 1_000, 10) });
    expect(supply.ends).toEqual(['2016-06-10', '2016-06-10']);
    expect(supply.covered).toEqual({ days: [10, 10], of: 29, share: [10 / 29, 10 / 29] });
    const half = supplyOf({ ...P, ...delivery('s', '2016-06-01', 500, 9) });
    expect(half.ends).toEqual(['2016-06-05', '2016-06-05']);
    expect(half.covered?.days).toEqual([4.5, 4.5]);
  });

  test('what is not eaten yet when more comes is eaten after it', () => {
    const supply = supplyOf({
      ...P,
      ...delivery('s', '2016-06-01', 1_000, 10),
      ...delivery('t', '2016-06-05', 1_000, 10),
    });
    expect(supply.ends).toEqual(['2016-06-20', '2016-06-20']);
    const apart = supplyOf({
      ...P,
      ...delivery('s', '2016-05-25', 1_000, 10),
      ...delivery('t', '2016-06-20', 1_000, 30),
    });
    expect(apart).toMatchObject({
      ends: ['2016-07-19', '2016-07-19'],
      covered: { days: [13, 13] },
    });
  });

  test('a population that changes while it is eaten', () => {
    const supply = supplyOf({
      ...P,
      q: population(['a'], exactly(500), '2016-06-06'),
      ...delivery('s', '2016-06-01', 1_000, 10),
    });
    expect(supply.ends).toEqual(['2016-06-15', '2016-06-15']);
  });

  test('a figure of a later day stands for the time before the first, and is said to', () => {
    const supply = supplyOf({
      p: population(['a'], exactly(2_000), '2016-06-06'),
      ...delivery('s', '2016-06-01', 1_000, 10),
    });
    expect(supply.ends).toEqual(['2016-06-05', '2016-06-05']);
    expect(supply.types).toEqual(['population_from_later']);
  });

  test("without a population the stop's own people eat of it, tranches for others beside each other", () => {
    const first = delivery('s', '2016-06-01', 100, 10);
    expect(supplyOf(first)).toMatchObject({
      ends: ['2016-06-10', '2016-06-10'],
      types: ['own_people'],
    });
    const again = delivery('t', '2016-06-01', 100, 10);
    expect(supplyOf({ ...first, ...again }).ends[0]).toBe('2016-06-20');
    const others = delivery('t', '2016-06-01', 100, 10, { otherPeopleThan: 's' });
    expect(supplyOf({ ...first, ...others }).ends[0]).toBe('2016-06-10');
  });

  test('without a ration length or a number of people it is not computed, and says so', () => {
    expect(supplyOf(delivery('s', '2016-06-01', 100, null))).toMatchObject({
      notComputed: 'no_ration_length',
      endsOn: null,
      covered: null,
      caveats: [{ type: 'without_ration_length', stops: ['s'] }],
    });
    expect(supplyOf(delivery('s', '2016-06-01', null, 10)).notComputed).toBe('no_people');
    const partly = supplyOf({
      ...delivery('s', '2016-06-01', 100, 10),
      ...delivery('t', '2016-06-02', 100, null),
      ...delivery('u', '2016-06-02', 100, null, { sectors: ['WSH'] }),
    });
    expect(partly.notComputed).toBeNull();
    expect(partly.caveats).toContainEqual({ type: 'without_ration_length', stops: ['t'] });
  });

  test('a shared delivery is eaten by the population of all its places, and never split', () => {
    const records = {
      p: population(['a', 'b'], exactly(2_000)),
      ...delivery('s', '2016-06-01', 1_000, 10, { localities: ['a', 'b'] }),
    };
    const both = computeSupply(buildAccess(datasetOf({ ...PLACES, ...records })), options);
    expect(both.map(({ locality, endsOn }) => [locality, endsOn])).toEqual([
      ['a', [dayOf(2016, 6, 5), dayOf(2016, 6, 5)]],
      ['b', [dayOf(2016, 6, 5), dayOf(2016, 6, 5)]],
    ]);
    expect(supplyOf(records).types).toEqual(['shared_delivery']);
  });

  test('figures and dates that are ranges make ranges, and the least and the most are both possible', () => {
    const supply = supplyOf({
      p: population(['a'], { q: '..', n: 500, m: 1_000 }),
      ...delivery('s', '2016-06-01/2016-06-05', { q: '..', n: 1_000, m: 2_000 }, 10),
    });
    expect(supply.ends).toEqual(['2016-06-10', '2016-07-14']);
    expect(supply.covered?.days).toEqual([10, 29]);
  });

  test('a date across the as-of date is possible: nothing surely came', () => {
    const supply = supplyOf({ ...P, ...delivery('s', '2016-06-25/2016-07-05', 1_000, 10) });
    expect(supply.ends).toEqual([null, '2016-07-08']);
    expect(supply.covered?.days).toEqual([0, 5]);
    expect(supply.types).toEqual(['straddles_as_of']);
  });

  test('people intended count where none were reached on record, and are named as such', () => {
    const supply = supplyOf({
      ...P,
      ...delivery('s', '2016-06-01', null, 10, { peopleIntended: exactly(1_000) }),
    });
    expect(supply.ends[0]).toBe('2016-06-10');
    expect(supply.caveats).toEqual([{ type: 'not_people_reached', stop: 's', kind: 'intended' }]);
  });
});
