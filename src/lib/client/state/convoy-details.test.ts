import { describe, expect, test } from 'vitest';
import { buildAccess } from '#lib/domain/access/access-records.ts';
import { dayFromIso } from '#lib/domain/dates/day.ts';
import { datasetOf } from '../../../../tests/support/fixture-dataset.ts';
import { convoyDetails, convoysLike } from './convoy-details.ts';

const read = dayFromIso('2016-06-30');
if (!read.ok) throw new Error('a day');
const asOf = read.value;
const people = { q: '~', n: 20_000, unit: 'people' } as const;

const access = buildAccess(
  datasetOf({
    zamalka: ['locality', { name: 'Zamalka' }],
    duma: ['locality', { name: 'Duma' }],
    seen: ['source', { kind: 'seen' }],
    one: ['convoy', {}],
    oneReport: [
      'report',
      {
        convoy: 'one',
        source: 'seen',
        date: '2016-06-29',
        localities: ['zamalka'],
        people,
        status: 'delivered',
      },
    ],
    two: ['convoy', {}],
    twoReport: [
      'report',
      {
        convoy: 'two',
        source: 'seen',
        date: '2016-06-30',
        localities: ['zamalka'],
        status: 'delivered',
      },
    ],
    far: ['convoy', {}],
    farReport: [
      'report',
      {
        convoy: 'far',
        source: 'seen',
        date: '2016-06-29',
        localities: ['duma'],
        status: 'delivered',
      },
    ],
    stop: ['stop', { convoy: 'one', localities: ['zamalka'] }],
    flour: ['itemLine', { item: 'flour', stop: 'stop', stage: 'loaded' }],
    kits: ['itemLine', { item: 'surgical kits', convoy: 'one', stage: 'removed' }],
    other: ['itemLine', { item: 'flour', convoy: 'two' }],
    shot: ['incident', { localities: ['zamalka'], convoy: 'one', date: '2016-06-29' }],
    claim: [
      'claim',
      {
        convoy: 'one',
        kind: 'first_since',
        since: '2012',
        sinceIs: 'delivery',
        localities: ['zamalka'],
      },
    ],
    claim2: ['claim', { convoy: 'two', kind: 'share_reached', text: '5%' }],
  }),
);

describe('a convoy', () => {
  const found = convoyDetails(access, 'one', { asOf, classifier: 'UN' });

  test('has its own claims, items (of its stops too) and incidents', () => {
    expect(found?.claims.map(({ claim }) => claim)).toEqual(['claim']);
    expect(found?.claims[0]?.verdict).toBe('not_on_record');
    expect(found?.items.map(({ id }) => id).sort()).toEqual(['flour', 'kits']);
    expect(found?.incidents.map(({ id }) => id)).toEqual(['shot']);
  });

  test('indicator 12: names those that may be the same, never itself', () => {
    expect(found?.likely.map(({ id }) => id)).toEqual(['two']);
  });

  test('that is not there has no details', () => {
    expect(convoyDetails(access, 'nowhere', { asOf, classifier: 'UN' })).toBeUndefined();
  });
});

describe('is it this one?', () => {
  const ids = (typed: Parameters<typeof convoysLike>[1]): string[] =>
    convoysLike(access, typed, asOf).map(({ id }) => id);

  test('a like convoy is offered as soon as place and day are typed', () => {
    expect(ids({ date: '2016-06-29', localities: ['zamalka'] })).toEqual(['one', 'two']);
  });

  test('numbers that differ by more than a fifth are another convoy', () => {
    const many = { q: '=', n: 30_000, unit: 'people' } as const;
    const typed = { date: '2016-06-29', localities: ['zamalka'], people: many };
    expect(ids({ ...typed, peopleKind: 'intended' })).toEqual(['two']);
  });

  test('nothing is offered before there is a place and a date', () => {
    expect(ids({ date: '2016-06-29' })).toEqual([]);
    expect(ids({ localities: ['zamalka'] })).toEqual([]);
  });
});
