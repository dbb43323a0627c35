import fc from 'fast-check';
import { expect, test } from 'vitest';
import { datasetOf, type WrittenRecord } from '../../../../tests/support/fixture-dataset.ts';
import { dayOf, dayToIso } from '../dates/day.ts';
import { buildAccess } from './access-records.ts';
import { SEED } from './happenings.arbitrary.ts';
import { computeSupply } from './supply.ts';

/**
 * Indicator 7 again: every day on which each delivery may have come, every number that it may have
 * brought, and then the days one by one, with what is eaten on each.
 */

const FIRST = dayOf(2016, 2, 1);

interface Delivery {
  readonly from: number;
  readonly days: number;
  readonly people: readonly [number, number];
  readonly ration: readonly [number, number];
}
interface Population {
  readonly at: number;
  readonly people: readonly [number, number];
}

const range = (most: number): fc.Arbitrary<[number, number]> =>
  fc.oneof(
    fc.integer({ min: 1, max: most }).map((n): [number, number] => [n, n]),
    fc
      .tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: 5 }))
      .map(([n, more]): [number, number] => [n, n + more]),
  );
const delivery: fc.Arbitrary<Delivery> = fc.record({
  from: fc.nat(25),
  days: fc.nat(3),
  people: range(30),
  ration: range(9),
});
const population: fc.Arbitrary<Population> = fc.record({ at: fc.nat(30), people: range(20) });

const figure = ([n, m]: readonly [number, number]) => (n === m ? { q: '=', n } : { q: '..', n, m });
const iso = (offset: number): string => dayToIso(FIRST + offset);

function recordsOf(deliveries: readonly Delivery[], populations: readonly Population[]) {
  const records: Record<string, WrittenRecord> = { a: ['locality', { name: 'A' }] };
  deliveries.forEach(({ from, days, people, ration }, i) => {
    const date = days === 0 ? iso(from) : `${iso(from)}/${iso(from + days)}`;
    records[`c${i}`] = ['convoy', { date, status: 'delivered' }];
    records[`s${i}`] = [
      'stop',
      {
        convoy: `c${i}`,
        localities: ['a'],
        peopleReached: figure(people),
        daysOfSupply: figure(ration),
      },
    ];
  });
  populations.forEach(({ at, people }, i) => {
    records[`p${i}`] = [
      'population',
      { series: 'UN', localities: ['a'], asOf: iso(at), people: figure(people) },
    ];
  });
  return records;
}

interface Arrival {
  readonly day: number;
  readonly food: number;
}

/** What is eaten day by day: the part of each day that had food, and the last day with some. */
function live(
  arrivals: readonly Arrival[],
  eatersOn: (day: number) => number,
  window: readonly [number, number],
) {
  let stock = 0;
  let covered = 0;
  let last: number | null = null;
  for (let day = 0; day < 3_000 && (day < 60 || stock > 1e-9); day++) {
    for (const arrival of arrivals) if (arrival.day === day) stock += arrival.food;
    const eaters = eatersOn(day);
    const eaten = Math.min(stock, eaters);
    // What is left below a millionth of a day's food is a rounding error.
    if (eaten > eaters * 1e-6) last = day;
    if (day >= window[0] && day <= window[1]) covered += eaten / eaters;
    stock -= eaten;
  }
  return { covered, last };
}

/** All that can be chosen from lists, one of each. */
function choices<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>(
    (all, list) => all.flatMap((one) => list.map((value) => [...one, value])),
    [[]],
  );
}

/** The least and the most of every world, and the last day with food in each of them. */
function everyWorld(
  deliveries: readonly Delivery[],
  populations: readonly Population[],
  since: number,
  asOf: number,
) {
  const known = populations
    .filter(({ at }) => at <= asOf)
    .map((one, i) => ({ ...one, i }))
    .sort((a, b) => a.at - b.at || a.i - b.i);
  const come = deliveries.filter(({ from }) => from <= asOf);
  // `null`: it comes after the as-of date, and had not come.
  const days = come.map(({ from, days: width }) =>
    Array.from({ length: width + 1 }, (_, i) => (from + i <= asOf ? from + i : null)),
  );
  const covered: number[] = [];
  const lasts: (number | null)[] = [];
  for (const end of [0, 1] as const) {
    const eatersOn = (day: number): number => {
      // Before the first figures, those of the first day that has any.
      const until = Math.max(day, known[0]?.at ?? day);
      const latest = known.filter(({ at }) => at <= until).at(-1);
      return latest ? latest.people[end === 0 ? 1 : 0] : 1;
    };
    for (const chosen of choices(days)) {
      const arrivals = chosen.flatMap((day, i) => {
        const { people, ration } = come[i]!;
        const food = known.length > 0 ? people[end] * ration[end] : ration[end];
        return day === null ? [] : [{ day, food }];
      });
      const lived = live(arrivals, eatersOn, [since, asOf]);
      covered.push(lived.covered);
      lasts.push(lived.last);
    }
  }
  return { come, lasts, least: Math.min(...covered), most: Math.max(...covered) };
}

const computed = (
  deliveries: readonly Delivery[],
  populations: readonly Population[],
  since: number,
  asOf: number,
) =>
  computeSupply(buildAccess(datasetOf(recordsOf(deliveries, populations))), {
    asOf: FIRST + asOf,
    since: FIRST + since,
    series: 'UN',
  })[0];

test('oracle of indicator 7: every day, every number, eaten day by day', () => {
  fc.assert(
    fc.property(
      fc.array(delivery, { minLength: 1, maxLength: 3 }),
      fc.array(population, { maxLength: 2 }),
      fc.integer({ min: 5, max: 40 }),
      fc.nat(30),
      (deliveries, populations, asOf, back) => {
        const since = Math.max(0, asOf - back);
        const found = computed(deliveries, populations, since, asOf);
        const { come, lasts, least, most } = everyWorld(deliveries, populations, since, asOf);
        if (come.length === 0) {
          expect(found).toBeUndefined();
          return;
        }
        expect(found?.covered?.days[0]).toBeCloseTo(least, 4);
        expect(found?.covered?.days[1]).toBeCloseTo(most, 4);
        const numbers = lasts.filter((last) => last !== null);
        expect(found?.endsOn).toEqual([
          lasts.includes(null) ? null : FIRST + Math.min(...numbers),
          FIRST + Math.max(...numbers),
        ]);
      },
    ),
    { numRuns: 1_000, seed: SEED },
  );
});

test('oracle of indicator 7: with too many days to try, the bounds are never too narrow', () => {
  fc.assert(
    fc.property(
      fc.array(
        delivery.map((one) => ({ ...one, days: 3 })),
        { minLength: 5, maxLength: 5 },
      ),
      fc.array(population, { minLength: 2, maxLength: 3 }),
      (deliveries, populations) => {
        const found = computed(deliveries, populations, 12, 40)?.covered;
        const { least, most } = everyWorld(deliveries, populations, 12, 40);
        expect(found?.days[0]).toBeLessThanOrEqual(least + 1e-6);
        expect(found?.days[1]).toBeGreaterThanOrEqual(most - 1e-6);
      },
    ),
    { numRuns: 25, seed: SEED },
  );
});
