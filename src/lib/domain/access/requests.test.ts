import { describe, expect, test } from 'vitest';
import { datasetOf, type WrittenRecord } from '../../../../tests/support/fixture-dataset.ts';
import { dayOf } from '../dates/day.ts';
import { buildAccess } from './access-records.ts';
import { computeRequests, type RequestOptions } from './requests.ts';

const options: RequestOptions = { asOf: dayOf(2016, 6, 29) };
const exactly = (n: number, unit?: string) => ({ q: '=', n, ...(unit ? { unit } : {}) });
type Records = Readonly<Record<string, WrittenRecord>>;

const PLACES: Records = {
  a: ['locality', { name: 'A' }],
  b: ['locality', { name: 'B' }],
  c: ['locality', { name: 'C' }],
};
const request = (id: string, values: object, ...lines: object[]): Records => ({
  [id]: ['accessRequest', { period: '2016-05', ...values }],
  ...Object.fromEntries(
    lines.map((line, i) => [`${id}${i}`, ['requestLine', { request: id, ...line }] as const]),
  ),
});
const line = (locality: string, people: number | null, outcome?: string, more: object = {}) => ({
  locality,
  ...(people === null ? {} : { peopleRequested: exactly(people) }),
  ...(outcome ? { outcome } : {}),
  ...more,
});
const funnelOf = (records: Records, more: Partial<RequestOptions> = {}) =>
  computeRequests(buildAccess(datasetOf({ ...PLACES, ...records })), { ...options, ...more });
const mayOf = (records: Records, more: Partial<RequestOptions> = {}) => {
  const [period] = funnelOf(records, more).periods;
  if (!period) throw new Error('no period');
  return period;
};

describe('indicator 6', () => {
  test('asked, approved in full and in part, not approved, by the month of the plan, in lines and people', () => {
    const may = mayOf(
      request(
        'r',
        { submittedOn: '2016-04-20', answeredOn: '2016-05-02' },
        line('a', 10_000, 'approved_in_full'),
        line('b', 8_000, 'approved_in_part', { peopleApproved: exactly(3_000) }),
        line('c', null, 'not_approved'),
      ),
    );
    expect(may).toMatchObject({
      period: '2016-05',
      requested: { lines: [3, 3], people: { people: [18_000, 18_000], withoutNumber: 1 } },
      answers: {
        approved_in_full: { lines: [1, 1], people: { people: [10_000, 10_000] } },
        approved_in_part: { lines: [1, 1], people: { people: [8_000, 8_000] } },
        not_approved: { lines: [1, 1], people: { people: null, withoutNumber: 1 } },
        awaiting: { lines: [0, 0], people: { people: null, withoutNumber: 0 } },
      },
      approvedPeople: { people: [13_000, 13_000], withoutNumber: 0 },
      departed: { lines: [0, 0] },
      delivered: { lines: [0, 0] },
    });
  });

  test('departed and delivered come from the stops of its convoy, whichever of the two names the other', () => {
    const delivered = {
      k: ['convoy', { status: 'partially_delivered', date: '2016-05-10', request: 'r' }],
      s: ['stop', { convoy: 'k', localities: ['a', 'b'], peopleReached: exactly(5_000) }],
      t: ['stop', { convoy: 'k', localities: ['c'], outcome: 'denied' }],
    } satisfies Records;
    const asked = request('r', {}, line('a', 100), line('b', 200), line('c', 300));
    const may = mayOf({ ...asked, ...delivered });
    expect(may).toMatchObject({
      departed: { lines: [3, 3], people: { people: [600, 600] } },
      delivered: { lines: [2, 2], people: { people: [300, 300] } },
      // One stop for two places is counted once.
      reached: { people: [5_000, 5_000], withoutNumber: 0 },
      answers: { unrecorded: { lines: [3, 3] } },
    });
    const { request: _request, ...values } = delivered.k[1];
    const other = request('r', { convoy: 'k' }, line('a', 100), line('b', 200), line('c', 300));
    expect(mayOf({ ...other, ...delivered, k: ['convoy', values] })).toEqual(may);
  });

  test('a convoy denied on its way may have departed; one that dispatched trucks surely had', () => {
    const asked = request('r', { convoy: 'k' }, line('a', 100, 'approved_in_full'));
    const stop = { s: ['stop', { convoy: 'k', localities: ['a'] }] } satisfies Records;
    const departed = (values: object) =>
      mayOf({ ...asked, ...stop, k: ['convoy', { date: '2016-05-12', ...values }] }).departed.lines;
    expect(departed({ status: 'denied' })).toEqual([0, 1]);
    expect(departed({ status: 'denied', trucksDispatched: exactly(5) })).toEqual([1, 1]);
    expect(departed({ status: 'loaded', trucksDispatched: exactly(5) })).toEqual([0, 0]);
    expect(departed({ status: 'at_checkpoint' })).toEqual([1, 1]);
    expect(departed({ status: 'not_deployed' })).toEqual([0, 0]);
    const log = {
      m: ['movement', { convoy: 'k' }],
      e: ['logEntry', { movement: 'm', time: '2016-05-12T09:00:00Z', kind: 'checkpoint' }],
    } satisfies Records;
    const convoy = { k: ['convoy', { status: 'denied', date: '2016-05-12' }] } satisfies Records;
    expect(mayOf({ ...asked, ...stop, ...log, ...convoy }).departed.lines).toEqual([1, 1]);
  });

  test('a plan whose period has ended without an outcome is outcome unknown, and ages', () => {
    const asked = request('r', { submittedOn: '2016-04' }, line('a', 100), line('b', 5, 'on_hold'));
    const { periods, lines } = funnelOf(asked);
    expect(periods[0]?.answers).toMatchObject({
      outcome_unknown: { lines: [1, 1] },
      on_hold: { lines: [1, 1] },
    });
    expect(lines.map(({ ageing }) => ageing)).toEqual([[60, 89], null]);
    const during = mayOf(asked, { asOf: dayOf(2016, 5, 31) });
    expect(during.answers.awaiting.lines).toEqual([1, 1]);
  });

  test('as-of: nothing submitted or answered later counts, a range across it is possible', () => {
    const asked = request(
      'r',
      { submittedOn: '2016-04-20', answeredOn: '2016-05' },
      line('a', 100, 'approved_in_full'),
    );
    expect(funnelOf(asked, { asOf: dayOf(2016, 4, 19) }).periods).toEqual([]);
    const before = mayOf(asked, { asOf: dayOf(2016, 4, 30) });
    expect(before.answers).toMatchObject({
      approved_in_full: { lines: [0, 0] },
      awaiting: { lines: [1, 1] },
    });
    expect(before.approvedPeople.people).toBeNull();
    const within = mayOf(asked, { asOf: dayOf(2016, 5, 10) });
    expect(within.answers).toMatchObject({
      approved_in_full: { lines: [0, 1], people: { people: [0, 100] } },
      awaiting: { lines: [0, 1] },
    });
  });

  test('a plan to come whose submission is not recorded is in no number, and named', () => {
    const july = mayOf(request('r', { period: '2016-07' }, line('a', 100)));
    expect(july).toMatchObject({ period: '2016-07', requested: { lines: [0, 0] } });
    expect(july.notSubmitted).toEqual(['r0']);
  });

  test('a plan over several months is never split', () => {
    const { periods } = funnelOf({
      ...request('q', { period: '2016-05-01/2016-05-15' }, line('a', 1)),
      ...request('r', { period: '2016-04/2016-05' }, line('b', 2)),
    });
    expect(periods.map(({ period }) => period)).toEqual(['2016-04/2016-05', '2016-05']);
  });

  test('days from request to answer are ranges, and their median lies between', () => {
    const funnel = funnelOf({
      ...request('q', { submittedOn: '2016-04-20', answeredOn: '2016-04-27' }, line('a', 1)),
      ...request('r', { submittedOn: '2016-04', answeredOn: '2016-05-02' }, line('b', 2)),
      ...request('s', { submittedOn: '2016-05-02', answeredOn: '2016-05-01' }, line('b', 2)),
      ...request('t', { answeredOn: '2016-05-01' }, line('b', 2)),
      ...request('u', { submittedOn: '2016-05-01' }, line('b', 2)),
    });
    expect(funnel.answerTimes.map(({ days }) => days)).toEqual([
      [7, 7],
      [2, 31],
    ]);
    expect(funnel.medianDays).toEqual([4.5, 19]);
    expect(funnel).toMatchObject({ unansweredRequests: ['u'], undatedRequests: ['t'] });
    expect(funnel.leftOut).toEqual([{ type: 'dates_reversed', record: 's' }]);
  });

  test('families become people only by a household size, which is stated', () => {
    const asked = request(
      'r',
      {},
      {
        locality: 'a',
        peopleRequested: exactly(100, 'families'),
      },
    );
    expect(mayOf(asked).requested.people).toMatchObject({ people: null, withoutNumber: 1 });
    const sized = funnelOf(asked, { householdSize: 5 });
    expect(sized.householdSize).toBe(5);
    expect(sized.periods[0]?.requested.people).toEqual({
      people: [500, 500],
      withoutNumber: 0,
      isLoose: true,
    });
  });

  test('lines without a request and requests without a line are named', () => {
    const { leftOut } = funnelOf({
      ...request('r', {}),
      x: ['requestLine', { request: 'gone', locality: 'a' }],
    });
    expect(leftOut).toEqual([
      { type: 'line_without_request', record: 'x' },
      { type: 'request_without_line', record: 'r' },
    ]);
  });
});
