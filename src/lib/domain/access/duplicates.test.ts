import { describe, expect, test } from 'vitest';
import { datasetOf, type WrittenRecord } from '../../../../tests/support/fixture-dataset.ts';
import { dayOf } from '../dates/day.ts';
import { buildAccess } from './access-records.ts';
import { computeDuplicates } from './duplicates.ts';

interface Written {
  readonly date?: string;
  readonly trucks?: number;
  readonly people?: number;
  readonly localities?: readonly string[];
  readonly notSameAs?: readonly string[];
}

const exactly = (n: number | undefined) => (n === undefined ? undefined : { q: '=', n });

function pairsOf(...convoys: readonly Written[]): number {
  const records: Record<string, WrittenRecord> = {};
  convoys.forEach(({ date = '2016-06-29', trucks, people, localities = ['a'], notSameAs }, i) => {
    records[`c${i}`] = [
      'convoy',
      { date, status: 'delivered', trucksEntered: exactly(trucks), notSameAs },
    ];
    records[`s${i}`] = ['stop', { convoy: `c${i}`, localities, peopleIntended: exactly(people) }];
  });
  const found = computeDuplicates(buildAccess(datasetOf(records)), dayOf(2016, 7, 31));
  return found.length;
}

describe('indicator 12', () => {
  test('dates within a day of each other and a common locality', () => {
    expect(pairsOf({}, {})).toBe(1);
    expect(pairsOf({}, { date: '2016-06-30' })).toBe(1);
    expect(pairsOf({}, { date: '2016-07-01' })).toBe(0);
    expect(pairsOf({}, { date: '2016-06' })).toBe(1);
    expect(pairsOf({}, { localities: ['b'] })).toBe(0);
    expect(pairsOf({ localities: ['a', 'b'] }, { localities: ['b', 'a'] })).toBe(1);
    expect(pairsOf({}, {}, {})).toBe(3);
  });

  test('a long range still meets the days after others that were passed', () => {
    expect(pairsOf({ date: '2016' }, { date: '2016-02-01' }, { date: '2016-06-29' })).toBe(2);
  });

  test('trucks and people differ by at most 20% of the larger, or are missing on one side', () => {
    expect(pairsOf({ trucks: 40 }, { trucks: 50 })).toBe(1);
    expect(pairsOf({ trucks: 39 }, { trucks: 50 })).toBe(0);
    expect(pairsOf({ trucks: 39 }, {})).toBe(1);
    expect(pairsOf({ trucks: 40, people: 10_000 }, { trucks: 40, people: 20_000 })).toBe(0);
    expect(pairsOf({ trucks: 40, people: 10_000 }, { people: 11_000 })).toBe(1);
  });

  test('what a person told apart is not offered again, whichever of the two says it', () => {
    expect(pairsOf({ notSameAs: ['c1'] }, {})).toBe(0);
    expect(pairsOf({}, { notSameAs: ['c0'] }, {})).toBe(2);
  });

  test('nothing after the as-of date', () => {
    expect(pairsOf({ date: '2016-08-01' }, { date: '2016-08-01' })).toBe(0);
  });
});
