import { expect, test } from 'vitest';
import { dayOf } from '#lib/domain/dates/day.ts';
import { datasetOf } from '../../../../tests/support/fixture-dataset.ts';
import { newestPopulation, peopleByPlace } from './populations.ts';

const AS_OF = dayOf(2016, 6, 30);
const count = (localities: readonly string[], asOf: string, people: object) =>
  ['population', { localities, asOf, people, series: 'UN' }] as const;

test('the newest count of a place alone is its size; shared, bounded or in families it has none', () => {
  const dataset = datasetOf({
    a1: count(['a'], '2015-01', { q: '=', n: 1_000 }),
    a2: count(['a'], '2016-01', { q: '~', n: 2_000, unit: 'people' }),
    a3: count(['a'], '2016-07', { q: '=', n: 3_000 }),
    b1: count(['b'], '2015-01', { q: '=', n: 10 }),
    b2: count(['b', 'c'], '2016-01', { q: '=', n: 20 }),
    d1: count(['d'], '2016-01', { q: '..', n: 5, m: 9 }),
    e1: count(['e'], '2016-01', { q: '=', n: 5, unit: 'families' }),
  });
  expect([...peopleByPlace(dataset, AS_OF)]).toEqual([['a', 2_000]]);
  expect([...peopleByPlace(dataset, AS_OF, 'un')]).toEqual([['a', 2_000]]);
  expect([...peopleByPlace(dataset, AS_OF, 'Siege Watch')]).toEqual([]);
  expect(newestPopulation(dataset, 'b', AS_OF)?.id).toBe('b2');
  expect(newestPopulation(dataset, 'nowhere', AS_OF)).toBeUndefined();
});
