import { describe, expect, test } from 'vitest';
import { datasetOf } from '../../../../tests/support/fixture-dataset.ts';
import { dayOf } from '../dates/day.ts';
import { buildAccess } from './access-records.ts';
import { computeIncidents } from './incidents.ts';

const asOf = dayOf(2016, 6, 29);
function near(incident: string, delivery: string, more: object = {}) {
  const access = buildAccess(
    datasetOf({
      k: ['convoy', { date: delivery, status: 'delivered' }],
      s: ['stop', { convoy: 'k', localities: ['a', 'b'] }],
      i: ['incident', { localities: ['a'], date: incident, constraint: 'HOSTILITIES', ...more }],
    }),
  );
  return computeIncidents(access, { asOf });
}
const found = (incident: string, delivery: string, more: object = {}) =>
  near(incident, delivery, more).entries.map(({ side, certainty, days }) => [
    side,
    certainty,
    days,
  ]);

describe('indicator 9', () => {
  test('at most three calendar days before or after, with the side', () => {
    expect(found('2016-06-10', '2016-06-13')).toEqual([['before', 'certain', [-3, -3]]]);
    expect(found('2016-06-10', '2016-06-14')).toEqual([]);
    expect(found('2016-06-16', '2016-06-13')).toEqual([['after', 'certain', [3, 3]]]);
    expect(found('2016-06-17', '2016-06-13')).toEqual([]);
    expect(found('2016-06-13', '2016-06-13')).toEqual([['same_day', 'certain', [0, 0]]]);
  });

  test('ranges of days are certain only where every day of them is near enough', () => {
    expect(found('2016-06-10/2016-06-12', '2016-06-13')).toEqual([['before', 'certain', [-3, -1]]]);
    expect(found('2016-06-09/2016-06-12', '2016-06-13')).toEqual([
      ['before', 'possible', [-4, -1]],
    ]);
    expect(found('2016-05', '2016-06-02')).toEqual([['before', 'possible', [-32, -2]]]);
    expect(found('2016-06-12/2016-06-14', '2016-06-13')).toEqual([['unclear', 'certain', [-1, 1]]]);
    expect(found('2016-06-13~', '2016-06-13')).toEqual([['same_day', 'possible', [0, 0]]]);
  });

  test('nothing after the as-of date counts, a range across it is possible', () => {
    expect(found('2016-06-30', '2016-06-29')).toEqual([]);
    expect(found('2016-06-28/2016-07-02', '2016-06-28')).toEqual([['unclear', 'possible', [0, 1]]]);
  });

  test('at one of the localities, or with the convoy itself', () => {
    expect(near('2016-06-13', '2016-06-13').entries[0]?.localities).toEqual(['a']);
    expect(found('2016-06-13', '2016-06-13', { localities: ['z'] })).toEqual([]);
    expect(found('2016-06-13', '2016-06-13', { localities: ['z'], convoy: 'k' })).toHaveLength(1);
  });

  test('says of how many incidents the list is, and names those without a place', () => {
    expect(near('2016-01-01', '2016-06-13')).toMatchObject({ entries: [], incidents: ['i'] });
    expect(near('2016-01-01', '2016-06-13', { localities: [] })).toMatchObject({
      incidents: [],
      leftOut: [{ type: 'no_locality', record: 'i' }],
    });
  });
});
