import { describe, expect, test } from 'vitest';
import { datasetOf, type WrittenRecord } from '../../../../../tests/support/fixture-dataset.ts';
import { dayOf } from '../../dates/day.ts';
import { WARNING_CODES } from './warning.ts';
import { warningsAbout } from './warnings-about.ts';
import { allWarnings } from './warnings-of.ts';

type Records = Readonly<Record<string, WrittenRecord>>;
const exactly = (n: number, unit?: string) => ({ q: '=', n, ...(unit ? { unit } : {}) });
const about = (n: number) => ({ q: '~', n });
const today = dayOf(2016, 7, 1);

const SOUND: Records = {
  o: ['operation', { name: 'O', country: 'SYR' }],
  a: ['locality', { name: 'A', lat: 33.5, lon: 36.4 }],
  b: ['locality', { name: 'B', lat: 33.6, lon: 36.5 }],
  d: ['locality', { name: 'D', lat: 34.7, lon: 36.7 }],
  src: ['source', { publisher: 'P', publishedOn: '2016-06-30' }],
  k: ['convoy', { date: '2016-06-29', status: 'delivered' }],
  r: ['accessRequest', { period: '2016-06', submittedOn: '2016-05-20', answeredOn: '2016-05-25' }],
};
const codesOf = (records: Records): string[] =>
  allWarnings(datasetOf({ ...SOUND, ...records }), today).map(({ code }) => code);

const convoy = (values: object): Records => ({
  k: ['convoy', { date: '2016-06-29', status: 'delivered', ...values }],
});
const stop = (values: object): Records => ({
  s: ['stop', { convoy: 'k', localities: ['a'], ...values }],
});
const report = (values: object): Records => ({
  p: ['report', { convoy: 'k', source: 'src', scope: 'convoy', ...values }],
});
const line = (id: string, values: object): Records => ({
  [id]: ['requestLine', { request: 'r', locality: 'a', ...values }],
});

/** For each code: what contradicts, and its nearest neighbour that does not. */
const CASES: Readonly<Record<string, readonly [Records, Records]>> = {
  answered_before_submitted: [
    {
      r: [
        'accessRequest',
        { period: '2016-06', submittedOn: '2016-05-20', answeredOn: '2016-05-19' },
      ],
    },
    {
      r: ['accessRequest', { period: '2016-06', submittedOn: '2016-05-20', answeredOn: '2016-05' }],
    },
  ],
  submitted_after_period: [
    { r: ['accessRequest', { period: '2016-06', submittedOn: '2016-07-01' }] },
    { r: ['accessRequest', { period: '2016-06', submittedOn: '2016-06-30' }] },
  ],
  approved_more_than_requested: [
    line('l', { peopleRequested: exactly(100), peopleApproved: exactly(101) }),
    line('l', { peopleRequested: about(100), peopleApproved: exactly(101) }),
  ],
  request_line_twice: [{ ...line('l', {}), ...line('m', {}) }, line('l', {})],
  delivered_nothing: [
    report({ status: 'delivered', people: exactly(0, 'people'), peopleKind: 'reached' }),
    report({ status: 'delivered', trucks: exactly(0), modality: 'airdrop' }),
  ],
  claim_since_after_convoy: [
    { c: ['claim', { convoy: 'k', since: '2016-07' }] },
    { c: ['claim', { convoy: 'k', since: '2016' }] },
  ],
  coordinates_incomplete: [
    { e: ['locality', { name: 'E', lat: 33 }] },
    { e: ['locality', { name: 'E' }] },
  ],
  coordinates_swapped: [
    {
      e: ['locality', { name: 'E', lat: 47, lon: 28 }],
      f: ['locality', { name: 'F', lat: 28.4, lon: 47.3 }],
      g: ['locality', { name: 'G', lat: 28.4, lon: 47.4 }],
      h: ['locality', { name: 'H', lat: 28.5, lon: 47.5 }],
      i: ['locality', { name: 'I', lat: 28.5, lon: 47.5 }],
      a: ['locality', { name: 'A' }],
      b: ['locality', { name: 'B' }],
      d: ['locality', { name: 'D' }],
    },
    { e: ['locality', { name: 'E', lat: 33.4, lon: 36.3 }] },
  ],
  date_in_future: [
    { i: ['incident', { localities: ['a'], date: '2016-07-02' }] },
    { i: ['incident', { localities: ['a'], date: '2016-07' }] },
  ],
  delivered_with_refusal: [
    convoy({ refusedBy: 'checkpoint' }),
    convoy({ status: 'partially_delivered', refusedBy: 'checkpoint' }),
  ],
  entered_more_than_dispatched: [
    convoy({ trucksDispatched: exactly(37), trucksEntered: exactly(38) }),
    convoy({ trucksDispatched: { q: '>', n: 37 }, trucksEntered: exactly(38) }),
  ],
  unloaded_more_than_entered: [
    convoy({ trucksEntered: exactly(37), trucksUnloaded: exactly(38) }),
    convoy({ trucksEntered: { q: '..', n: 37, m: 38 }, trucksUnloaded: exactly(38) }),
  ],
  unloaded_more_than_dispatched: [
    convoy({ trucksDispatched: exactly(37), trucksUnloaded: exactly(38) }),
    convoy({ trucksDispatched: exactly(38), trucksUnloaded: exactly(38) }),
  ],
  families_without_household_size: [
    stop({ peopleReached: exactly(10, 'families') }),
    {
      o: ['operation', { name: 'O', householdSize: 5 }],
      ...stop({ peopleReached: exactly(10, 'families') }),
    },
  ],
  incident_phase_against_date: [
    { i: ['incident', { localities: ['a'], convoy: 'k', date: '2016-06-30', phase: 'before' }] },
    { i: ['incident', { localities: ['a'], convoy: 'k', date: '2016-06-29', phase: 'before' }] },
  ],
  names_missing_record: [stop({ localities: ['a', 'gone'] }), stop({ localities: ['a', 'b'] })],
  other_people_of_itself: [stop({ otherPeopleThan: 's' }), stop({})],
  reached_more_than_approved: [
    stop({ peopleApproved: exactly(10), peopleReached: exactly(11) }),
    stop({ peopleApproved: exactly(10, 'baskets'), peopleReached: exactly(11) }),
  ],
  reached_more_than_intended: [
    stop({ peopleIntended: exactly(10), peopleReached: { q: '>', n: 10.5 } }),
    stop({ peopleIntended: exactly(10), peopleReached: { q: '<', n: 100 } }),
  ],
  reached_without_delivery: [
    { ...convoy({ status: 'denied' }), ...stop({ peopleReached: exactly(5) }) },
    { ...convoy({ status: 'denied' }), ...stop({ peopleReached: exactly(0) }) },
  ],
  removed_more_than_loaded: [
    {
      l: ['itemLine', { convoy: 'k', item: 'Kits', quantity: exactly(5), stage: 'loaded' }],
      m: ['itemLine', { convoy: 'k', item: 'kits', quantity: exactly(6), stage: 'removed' }],
    },
    {
      l: [
        'itemLine',
        { convoy: 'k', item: 'kits', unit: 'box', quantity: exactly(5), stage: 'loaded' },
      ],
      m: ['itemLine', { convoy: 'k', item: 'kits', quantity: exactly(6), stage: 'removed' }],
    },
  ],
  report_after_publication: [
    { p: ['report', { convoy: 'k', source: 'src', date: '2016-07-01', status: 'delivered' }] },
    { p: ['report', { convoy: 'k', source: 'src', date: '2016-07-01', status: 'planned' }] },
  ],
  status_until_before_from: [
    {
      u: [
        'accessStatus',
        { locality: 'a', classifier: 'UN', status: 'besieged', from: '2016', until: '2015' },
      ],
    },
    {
      u: [
        'accessStatus',
        { locality: 'a', classifier: 'UN', status: 'besieged', from: '2016', until: '2016' },
      ],
    },
  ],
  stop_before_convoy: [stop({ arrivedOn: '2016-06-28' }), stop({ arrivedOn: '2016-06' })],
  stop_outcome_against_convoy: [
    { ...convoy({ status: 'denied' }), ...stop({ outcome: 'delivered' }) },
    { ...convoy({ status: 'partially_delivered' }), ...stop({ outcome: 'denied' }) },
  ],
};

describe('warnings', () => {
  test('sound records give none', () => {
    expect(codesOf({})).toEqual([]);
  });

  test('every code has a case', () => {
    expect(Object.keys(CASES).sort()).toEqual([...WARNING_CODES]);
  });

  test.each(Object.entries(CASES))(
    '%s: what contradicts, and what does not',
    (code, [bad, good]) => {
      expect(codesOf(bad)).toContain(code);
      expect(codesOf(good)).not.toContain(code);
    },
  );

  test('names the records and the fields to look at', () => {
    const [warning] = allWarnings(
      datasetOf({ ...SOUND, ...stop({ arrivedOn: '2016-06-28' }) }),
      today,
    );
    expect(warning).toEqual({
      code: 'stop_before_convoy',
      records: ['s', 'k'],
      fields: ['arrivedOn'],
    });
  });

  test('without a day that it is, nothing lies in the future', () => {
    const dataset = datasetOf({ ...SOUND, i: ['incident', { localities: ['a'], date: '2099' }] });
    expect(allWarnings(dataset)).toEqual([]);
  });

  test('a record that may not be seen is never called missing', () => {
    const hidden = {
      i: ['incident', { localities: ['a'], date: '2016-06', convoy: 'hidden' }],
      ...convoy({ request: 'hidden' }),
    } satisfies Records;
    expect(codesOf(hidden)).toEqual([]);
  });
});

test('the warnings about a convoy are its own and those of its stops, reports, claims and items', () => {
  const dataset = datasetOf({
    ...SOUND,
    ...convoy({ refusedBy: 'checkpoint' }),
    ...stop({ arrivedOn: '2016-06-28' }),
    other: ['convoy', { refusedBy: 'checkpoint', status: 'delivered' }],
  });
  const codes = warningsAbout('convoy', 'k', dataset).map(({ code }) => code);
  expect(codes).toEqual(['delivered_with_refusal', 'stop_before_convoy']);
  const requests = datasetOf({ ...SOUND, ...line('l', {}), ...line('m', {}) });
  expect(warningsAbout('accessRequest', 'r', requests)).toHaveLength(1);
  expect(warningsAbout('locality', 'a', requests)).toEqual([]);
});
