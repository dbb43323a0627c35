import { describe, expect, test } from 'vitest';
import { buildAccess } from '#lib/domain/access/access-records.ts';
import { computeIncidents } from '#lib/domain/access/incidents.ts';
import { computeItemsRemoved } from '#lib/domain/access/items-removed.ts';
import { computeRequests } from '#lib/domain/access/requests.ts';
import { computeSupply } from '#lib/domain/access/supply.ts';
import { dayOf } from '#lib/domain/dates/day.ts';
import { datasetOf, type WrittenRecord } from '../../../tests/support/fixture-dataset.ts';
import { readerOf } from '../../../tests/support/readers.ts';
import { findingOfIncidents, incidentSentence } from './incidents.ts';
import { findingOfItemsRemoved, removedSentence } from './items-removed.ts';
import { type Reader, renderAlone } from './render.ts';
import { findingOfRequests, requestsSentences } from './requests.ts';
import type { Sentence } from './sentence.ts';
import { findingOfSupply, supplyCaveatSentences, supplySentence } from './supply.ts';

const en = await readerOf('en');
const ar = await readerOf('ar', 'arab');
const texts = (sentences: readonly Sentence[], reader: Reader = en): string[] =>
  sentences.map((one) => renderAlone(one, reader));

const window = { since: dayOf(2016, 1, 1), asOf: dayOf(2016, 6, 29) };
const BASE: Readonly<Record<string, WrittenRecord>> = {
  arbin: ['locality', { name: 'Arbin' }],
  zamalka: ['locality', { name: 'Zamalka' }],
  came: ['convoy', { status: 'delivered', date: '2016-06-10' }],
  stop: ['stop', { convoy: 'came', localities: ['arbin'] }],
};
const recordsOf = (records: Readonly<Record<string, WrittenRecord>>) =>
  buildAccess(datasetOf({ ...BASE, ...records }));

describe('indicator 6: requests', () => {
  const records = recordsOf({
    plan: [
      'accessRequest',
      { period: '2016-06', submittedOn: '2016-05-20', answeredOn: '2016-05-29', convoy: 'came' },
    ],
    one: [
      'requestLine',
      {
        request: 'plan',
        locality: 'arbin',
        outcome: 'approved_in_part',
        peopleRequested: { q: '=', n: 900 },
        peopleApproved: { q: '=', n: 500 },
      },
    ],
    other: ['requestLine', { request: 'plan', locality: 'zamalka', outcome: 'not_approved' }],
    old: ['accessRequest', { period: '2016-04', submittedOn: '2016-03-20' }],
    oldLine: ['requestLine', { request: 'old', locality: 'zamalka' }],
  });
  const found = computeRequests(records, window);

  test('says what was asked, answered and delivered, and never a number nobody gave', () => {
    expect(texts(requestsSentences(found))).toEqual([
      'In the plan for April 2016: 1 request for access to a place',
      'Answers: outcome unknown (period over) 1',
      'Convoys departed for 0 of these requests and delivered for 0',
      'No number of people asked for in 1 of 1 request',
      'In the plan for June 2016: 2 requests for access to a place, for 900 people',
      'Answers: approved in part 1 (asked for 900 people) and not approved 1',
      'The approvals name 500 people',
      'Convoys departed for 1 of these requests and delivered for 1',
      'No number of people asked for in 1 of 2 requests',
      'Time from request to answer, at the median of 1 answered request: 9 days',
      'Without an answer: 1 submission',
    ]);
  });

  test('the finding is the last plan', () => {
    expect(texts([findingOfRequests(found)])).toEqual([
      'In the plan for June 2016: 2 requests for access to a place, approved 1, delivered 1',
    ]);
    expect(texts([findingOfRequests({ periods: [] })])).toEqual([
      'No request for access on our record',
    ]);
    expect(texts([findingOfRequests(found)], ar)[0]).toContain('طلبا وصول إلى مكان');
  });
});

describe('indicator 7: supply', () => {
  const supplied = recordsOf({
    stop: [
      'stop',
      {
        convoy: 'came',
        localities: ['arbin'],
        peopleReached: { q: '=', n: 900 },
        daysOfSupply: { q: '=', n: 10 },
      },
    ],
  });

  test('when recorded supply ended, and on how many of the days there was any', () => {
    const found = computeSupply(supplied, window);
    expect(texts([findingOfSupply(found), ...found.map(supplySentence)])).toEqual([
      'Recorded supply had surely ended by 29 June 2016 in 1 of 1 place where it can be computed',
      'Arbin: recorded supply ended on 19 June 2016; it lasted on 6% of the days from 1 January 2016 to 29 June 2016',
    ]);
    expect(texts(supplyCaveatSentences(found[0]!.caveats))).toEqual([
      'For 1 delivery no population figure covers the places; its own people are counted as those who ate of it',
    ]);
  });

  test('without a ration length it is not computed, and said so', () => {
    const found = computeSupply(recordsOf({}), window);
    expect(texts(found.map(supplySentence))).toEqual([
      'Arbin: recorded supply is not computed: no ration length recorded',
    ]);
    expect(texts([findingOfSupply(found)])[0]).toContain('can be computed for no place');
  });
});

describe('indicator 8: items removed', () => {
  test('each item by its unit; what nobody counted is not none', () => {
    const line = { stop: 'stop', stage: 'removed', item: 'trauma kits' };
    const records = recordsOf({
      a: ['itemLine', { ...line, quantity: { q: '=', n: 12 }, unit: 'boxes' }],
      b: ['itemLine', { ...line, item: 'insulin' }],
    });
    const found = computeItemsRemoved(records, window);
    expect(texts([findingOfItemsRemoved(found), ...found.entries.map(removedSentence)])).toEqual([
      'Removed from convoys, from 1 January 2016 to 29 June 2016: insulin and trauma kits',
      'Insulin: quantity not recorded, removed from a convoy to Arbin, in June 2016',
      'Trauma kits: 12 boxes, removed from a convoy to Arbin, in June 2016',
    ]);
  });

  test('none on record is none on record', () => {
    const found = computeItemsRemoved(recordsOf({}), { asOf: window.asOf });
    expect(texts([findingOfItemsRemoved(found)])).toEqual([
      'No removal of items on our record, up to 29 June 2016',
    ]);
  });
});

test('indicator 9: what happened near a delivery has dates, and no cause', () => {
  const records = recordsOf({
    raid: [
      'incident',
      {
        localities: ['arbin'],
        date: '2016-06-12',
        constraint: 'HOSTILITIES',
        verification: 'reported',
      },
    ],
    threat: ['incident', { localities: ['arbin'], date: '2016-06-08/2016-06-09' }],
  });
  const found = computeIncidents(records, window);
  expect(texts([findingOfIncidents(found), ...found.entries.map(incidentSentence)])).toEqual([
    '2 incidents on our record within 72 hours of a delivery, before or after; no cause is implied',
    'Some time within 8–9 June 2016, Arbin: incident, kind not recorded, 1–2 days before the delivery on 10 June 2016',
    'On 12 June 2016, Arbin: active hostilities (reported), 2 days after the delivery on 10 June 2016',
  ]);
  expect(texts([findingOfIncidents(found)], ar)[0]).toContain('٧٢');
  expect(texts([findingOfIncidents({ entries: [] })])[0]).toContain('No incident on our record');
});
