import { describe, expect, test } from 'vitest';
import {
  datasetOf,
  fixtureDataset,
  type WrittenRecord,
} from '../../../../tests/support/fixture-dataset.ts';
import { dayOf } from '../dates/day.ts';
import { buildAccess } from './access-records.ts';
import { computeClaims } from './claims.ts';
import { claimsReport } from './reports.ts';

const options = { asOf: dayOf(2016, 6, 30), classifier: 'UN' };

/** A convoy of 29 June 2016 to A and B, a claim about it, and what else is on record. */
function verdictOf(
  claim: Readonly<Record<string, unknown>>,
  others: Readonly<Record<string, WrittenRecord>> = {},
  recordsSince?: string,
) {
  const dataset = datasetOf({
    a: ['locality', { name: 'A', ...(recordsSince ? { recordsSince } : {}) }],
    b: ['locality', { name: 'B' }],
    paper: ['source', { kind: 'published', publisher: 'A paper' }],
    other: ['source', { kind: 'published', publisher: 'Another' }],
    c: ['convoy', { name: 'c', status: 'delivered', date: '2016-06-29' }],
    s: ['stop', { convoy: 'c', localities: ['a', 'b'] }],
    q: [
      'claim',
      { convoy: 'c', kind: 'first_since', localities: ['a'], source: 'paper', ...claim },
    ],
    ...others,
  });
  const [check] = computeClaims(buildAccess(dataset), options);
  return [check?.verdict, check?.because.map((reason) => reason.type)];
}
const delivered = (
  date: string,
  source: string,
  more: object = {},
): Record<string, WrittenRecord> => {
  const convoy = `c${date.replace('~', '')}`;
  const report = { convoy, source, date, status: 'delivered', localities: ['a', 'b'], ...more };
  return { [convoy]: ['convoy', {}], [`r-${convoy}`]: ['report', report] };
};
const sinceDelivery = { since: '2012-11', sinceIs: 'delivery' };
const sinceDate = { since: '2012-11', sinceIs: 'date' };

describe('indicator 11: first since a delivery', () => {
  test('nothing there: not on record, with what is missing', () => {
    expect(verdictOf(sinceDelivery)).toEqual(['not_on_record', ['no_delivery_at_since']]);
  });

  test('a delivery then and none after: supported', () => {
    expect(verdictOf(sinceDelivery, delivered('2012-11-20', 'other'))).toEqual([
      'supported',
      ['delivery_at_since'],
    ]);
  });

  test('what supports it rests on the source of the claim: same source', () => {
    const earlier = delivered('2012-11', 'paper');
    expect(verdictOf(sinceDelivery, earlier)[0]).toBe('same_source');
    const second: WrittenRecord = [
      'report',
      { convoy: 'c2012-11', source: 'other', status: 'delivered', date: '2012-11' },
    ];
    expect(verdictOf(sinceDelivery, { ...earlier, second })[0]).toBe('supported');
  });

  test('one after it and before the convoy: contradicted, by that one', () => {
    const others = { ...delivered('2012-11', 'other'), ...delivered('2014-05-01', 'other') };
    expect(verdictOf(sinceDelivery, others)).toEqual(['contradicted', ['delivery_between']]);
  });

  test('one that only may lie between, or may match, proves nothing', () => {
    const earlier = delivered('2012-11', 'other', { sectors: ['FSC'] });
    const unknown = { ...earlier, ...delivered('2014-05-01', 'other') };
    expect(verdictOf({ ...sinceDelivery, lens: 'sector=FSC' }, unknown)).toEqual([
      'not_on_record',
      ['possible_delivery_between'],
    ]);
    const water = delivered('2014-05-01', 'other', { sectors: ['WSH'] });
    expect(verdictOf({ ...sinceDelivery, lens: 'sector=FSC' }, { ...earlier, ...water })[0]).toBe(
      'supported',
    );
    const about = { ...delivered('2012-11', 'other'), ...delivered('2014-05-01~', 'other') };
    expect(verdictOf(sinceDelivery, about)[0]).toBe('not_on_record');
  });

  test('one of its localities decides for all', () => {
    const onlyA = delivered('2012-11', 'other', { localities: ['a'] });
    expect(verdictOf({ ...sinceDelivery, localities: ['a', 'b'] }, onlyA)[0]).toBe('not_on_record');
    expect(verdictOf({ ...sinceDelivery, localities: ['a'] }, onlyA)[0]).toBe('supported');
  });
});

describe('indicator 11: other claims', () => {
  test('nothing since a date: only where our records are complete', () => {
    expect(verdictOf(sinceDate)).toEqual(['not_on_record', ['records_not_complete']]);
    expect(verdictOf(sinceDate, {}, '2011')).toEqual(['supported', ['records_complete']]);
    expect(verdictOf(sinceDate, {}, '2013')[0]).toBe('not_on_record');
    expect(verdictOf(sinceDate, delivered('2014-05-01', 'other'), '2011')[0]).toBe('contradicted');
  });

  test('a reported share stands as reported', () => {
    expect(verdictOf({ kind: 'share_reached' })).toEqual(['not_on_record', ['stands_as_reported']]);
  });

  test('a claim that lacks a part is named, never thrown', () => {
    for (const claim of [
      {},
      { ...sinceDelivery, localities: [] },
      { ...sinceDelivery, lens: 'colour=red' },
      { ...sinceDelivery, convoy: 'gone' },
      { ...sinceDelivery, kind: 'all_reached' },
      { ...sinceDelivery, kind: 'all_reached', lens: 'status=hungry' },
      { kind: 'all_reached', lens: 'status=besieged', since: '2016-07', sinceIs: 'date' },
    ]) {
      expect(verdictOf(claim)).toEqual(['not_on_record', ['incomplete_claim']]);
    }
  });

  test('all reached: supported when coverage is all', () => {
    const claim = {
      kind: 'all_reached',
      lens: 'status=besieged',
      since: '2016-01-01',
      sinceIs: 'date',
    };
    const status = (locality: string): WrittenRecord => [
      'accessStatus',
      { locality, from: '2016-01-18', classifier: 'UN', status: 'besieged' },
    ];
    expect(verdictOf(claim)).toEqual(['not_on_record', ['no_status_list']]);
    expect(verdictOf(claim, { u: status('a') })).toEqual(['supported', ['covered']]);
    const food = { ...claim, lens: 'status=besieged; sector=FSC' };
    expect(verdictOf(food, { u: status('a') })).toEqual(['not_on_record', ['not_covered']]);
    const third: WrittenRecord = ['locality', { name: 'Third' }];
    const known: WrittenRecord = ['locality', { name: 'Third', recordsSince: '2015' }];
    expect(verdictOf(claim, { u: status('a'), t: third, v: status('t') })[0]).toBe('not_on_record');
    const contradicting = { u: status('a'), t: known, v: status('t') };
    expect(verdictOf(claim, contradicting)[0]).toBe('contradicted');
    // A delivery that nobody dated may be the one that was claimed.
    const undated: Record<string, WrittenRecord> = {
      when: ['convoy', { status: 'delivered' }],
      there: ['stop', { convoy: 'when', localities: ['t'] }],
    };
    expect(verdictOf(claim, { ...contradicting, ...undated })[0]).toBe('not_on_record');
  });
});

test('indicator 11: every claim of the reports, as reviewed', () => {
  const files = ['localities.csv', 'organisations.csv', 'convoy_reports.csv', 'claims.csv'];
  const records = fixtureDataset(...files, 'siege_population.csv');
  const { entries } = claimsReport(computeClaims(buildAccess(records), options), records);
  expect(entries).toHaveLength(25);
  const decided = entries.filter((entry) => entry.verdict !== 'not_on_record');
  expect(decided.map(({ convoy, claim, verdict }) => [convoy, claim, verdict])).toEqual([
    ['2016-06-10-douma', 'First time Douma received aid since 2013', 'contradicted'],
    ['2016-06-11-houla', 'Second to the area since March 22', 'supported'],
  ]);
  const all = entries.find((entry) => entry.claim.startsWith('All 18'));
  expect(all?.because).toEqual([{ type: 'not_covered', localities: ['Jisrein', 'Zebdin'] }]);
});
