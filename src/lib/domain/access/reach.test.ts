import { describe, expect, test } from 'vitest';
import {
  datasetOf,
  fixtureDataset,
  type WrittenRecord,
} from '../../../../tests/support/fixture-dataset.ts';
import { dayOf } from '../dates/day.ts';
import { buildAccess } from './access-records.ts';
import { computePeopleDeliveries, computeReach, type ReachOptions } from './reach.ts';
import { reachReport } from './reports.ts';

const options: ReachOptions = {
  asOf: dayOf(2016, 6, 30),
  since: dayOf(2016, 1, 1),
  status: 'besieged',
  classifier: 'UN',
  series: 'un',
};
const exactly = (n: number) => ({ q: '=', n });
const besieged = (...places: string[]): Record<string, WrittenRecord> =>
  Object.fromEntries(
    places.flatMap((id): [string, WrittenRecord][] => [
      [id, ['locality', { name: id.toUpperCase() }]],
      [
        `u${id}`,
        ['accessStatus', { locality: id, from: '2015', classifier: 'UN', status: 'besieged' }],
      ],
    ]),
  );
const population = (localities: string[], people: object, asOf = '2016-01'): WrittenRecord => [
  'population',
  { series: 'UN', localities, people, asOf },
];
const delivery = (id: string, date: string, stop: object): Record<string, WrittenRecord> => ({
  [`c${id}`]: ['convoy', { date, status: 'delivered' }],
  [id]: ['stop', { convoy: `c${id}`, ...stop }],
});
function february(records: Readonly<Record<string, WrittenRecord>>, more: object = {}) {
  const access = buildAccess(datasetOf(records));
  const months = computeReach(access, { ...options, ...more });
  const month = months.find((one) => one.month === '2016-02');
  if (!month) throw new Error('no February');
  return { month, caveats: month.caveats.map((caveat) => caveat.type) };
}

describe('indicator 4', () => {
  test('Madaya is counted once in January and in February, though several deliveries came', () => {
    const records = fixtureDataset('localities.csv', 'convoy_reports.csv', 'siege_population.csv');
    const onlyMadaya = new Map(
      [...records.report].filter(([, { localities = [] }]) =>
        localities.every((id) => records.locality.get(id)?.name === 'Madaya'),
      ),
    );
    const access = buildAccess({ ...records, report: onlyMadaya });
    const any = { ...options, status: 'any' } as const;
    const { months } = reachReport(computeReach(access, any), any, access.dataset);
    expect(months.slice(0, 3).map((month) => [month.month, month.intended])).toEqual([
      ['2016-01', 40_000],
      ['2016-02', 40_000],
      ['2016-03', null],
    ]);
    expect(months[0]).toMatchObject({ deliveries: 2, reached: null, population: null });
    expect(months[0]?.caveats).toMatchObject([{ type: 'number_from_earlier_stage_or_part' }]);
  });

  test('a share has the people of the places as its denominator, joint figures once', () => {
    const { month } = february({
      ...besieged('a', 'b', 'c'),
      p1: population(['a', 'b'], exactly(39_000)),
      p2: population(['c'], exactly(1_000), '2015'),
      p3: population(['c'], exactly(11_000)),
      ...delivery('s', '2016-02-10', { localities: ['a', 'b'], peopleReached: exactly(20_000) }),
    });
    expect(month.population?.people).toEqual([50_000, 50_000]);
    expect(month.reached).toMatchObject({ people: [20_000, 20_000], share: [0.4, 0.4] });
    expect(month.intended).toMatchObject({ people: null, share: null, withoutNumber: 1 });
  });

  test('overlapping figures of different places give no percentage, and are named', () => {
    const { month, caveats } = february({
      ...besieged('a', 'b', 'c'),
      p1: population(['a', 'b', 'c'], exactly(90)),
      p2: population(['a', 'b'], exactly(50), '2016-02-01'),
      ...delivery('s', '2016-02-10', { localities: ['a'], peopleReached: exactly(5) }),
    });
    expect(month.reached).toMatchObject({ people: [5, 5], share: null });
    expect(caveats).toEqual(['overlapping_populations']);
  });

  test('places without a population are in neither side of the share, and named', () => {
    const { month } = february({
      ...besieged('a', 'b'),
      p1: population(['a'], exactly(100)),
      ...delivery('s', '2016-02-10', { localities: ['a'], peopleReached: exactly(20) }),
      ...delivery('t', '2016-02-11', { localities: ['b'], peopleReached: exactly(70) }),
    });
    expect(month.reached).toMatchObject({ people: [90, 90], share: [0.2, 0.2] });
    expect(month.caveats).toEqual([{ type: 'no_population', localities: ['b'] }]);
  });

  test('the sum within one population is capped at it, and marked', () => {
    const { month, caveats } = february({
      ...besieged('a', 'b'),
      p1: population(['a', 'b'], exactly(100)),
      ...delivery('s', '2016-02-10', { localities: ['a'], peopleReached: exactly(80) }),
      ...delivery('t', '2016-02-11', { localities: ['b'], peopleReached: exactly(70) }),
    });
    expect(month.reached).toMatchObject({ people: [100, 100], share: [1, 1] });
    expect(caveats).toEqual(['capped_at_population']);
  });

  test('a tranche for other people adds to its first', () => {
    const first = delivery('s', '2016-02-10', { localities: ['a'], peopleReached: exactly(30) });
    const again = { localities: ['a'], peopleReached: exactly(20) };
    const places = besieged('a');
    const same = february({ ...places, ...first, ...delivery('t', '2016-02-20', again) });
    expect(same.month.reached.people).toEqual([30, 30]);
    const others = delivery('t', '2016-02-20', { ...again, otherPeopleThan: 's' });
    expect(february({ ...places, ...first, ...others }).month.reached.people).toEqual([50, 50]);
  });

  test('a tranche that names itself in a circle ends', () => {
    const circle = {
      ...delivery('s', '2016-02-10', {
        localities: ['a'],
        peopleReached: exactly(30),
        otherPeopleThan: 't',
      }),
      ...delivery('t', '2016-02-20', {
        localities: ['a'],
        peopleReached: exactly(20),
        otherPeopleThan: 's',
      }),
    };
    expect(february({ ...besieged('a'), ...circle }).month.reached.people).not.toBeNull();
  });

  test('a range makes a range, a date over two months is possible', () => {
    const { month, caveats } = february({
      ...besieged('a'),
      p: population(['a'], exactly(8_000)),
      ...delivery('s', '2016-01-30/2016-02-02', {
        localities: ['a'],
        peopleReached: { q: '..', n: 2_000, m: 4_000 },
      }),
    });
    expect(month.reached).toMatchObject({ people: [2_000, 4_000], share: [0.25, 0.5] });
    expect(caveats).toEqual(['possible_month']);
  });

  test('families count by a household size that is told, or not at all', () => {
    const records = {
      ...besieged('a'),
      ...delivery('s', '2016-02-10', {
        localities: ['a'],
        peopleReached: { q: '=', n: 100, unit: 'families' },
      }),
    };
    expect(february(records).month.reached).toMatchObject({ people: null, withoutNumber: 1 });
    const sized = february(records, { householdSize: 5 });
    expect(sized.month.reached.people).toEqual([500, 500]);
    expect(sized.caveats).toContain('household_size');
  });

  test('only deliveries to places that all hold the status count; under any status every one', () => {
    const records = {
      ...besieged('a'),
      b: ['locality', { name: 'B' }] as const,
      ...delivery('s', '2016-02-10', { localities: ['a', 'b'], peopleReached: exactly(9) }),
    };
    expect(february(records).month).toMatchObject({ deliveries: 0, reached: { people: null } });
    expect(february(records, { status: 'any' }).month.reached.people).toEqual([9, 9]);
  });
});

test('indicator 5: the sum of all deliveries includes repeats', () => {
  const access = buildAccess(
    datasetOf({
      ...besieged('a'),
      ...delivery('s', '2016-02-10', { localities: ['a'], peopleReached: exactly(30) }),
      ...delivery('t', '2016-02-20', { localities: ['a'], peopleReached: exactly(20) }),
      ...delivery('u', '2016-03-20', { localities: ['a'], peopleIntended: exactly(5) }),
      ...delivery('v', '2016-07-20', { localities: ['a'], peopleIntended: exactly(5) }),
    }),
  );
  expect(computePeopleDeliveries(access, options)).toEqual({
    definition: 'indicator 5',
    includesRepeats: true,
    reached: [50, 50],
    intended: [5, 5],
    deliveries: 3,
    withoutNumber: { reached: 1, intended: 2 },
    caveats: [],
    from: ['s', 't', 'u'],
  });
});
