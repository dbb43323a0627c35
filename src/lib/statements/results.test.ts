import { expect, test } from 'vitest';
import type { FirstSince } from '#lib/domain/access/first-since.ts';
import { type ConvoyRecords, deriveConvoy } from '#lib/domain/access/from-reports.ts';
import type { LocalityGaps, OpenGap } from '#lib/domain/access/gaps.ts';
import { parsePartialDate, type PartialDate } from '#lib/domain/dates/partial-date.ts';
import { readerOf } from '../../../tests/support/readers.ts';
import { firstSinceSentence } from './first-since.ts';
import { render } from './render.ts';
import { convoyTitle, firstSinceFacts, openWaitSentence } from './results.ts';

const en = await readerOf('en');

function date(text: string): PartialDate {
  const read = parsePartialDate(text);
  if (!read.ok) throw new Error(text);
  return read.value;
}

const ZAMALKA: FirstSince = {
  definition: 'indicator 2',
  convoy: 'c',
  convoyName: '2016-06-29-zamalka-erbin',
  date: date('2016-06-29'),
  localities: ['arbin', 'zamalka'],
  lens: {},
  since: { date: date('2012-11'), days: [1307, 1336], months: [43, 43] },
  possible: null,
  recordsSince: null,
  accordingTo: ['s'],
  byAir: null,
  from: ['c', 'd'],
  caveats: [],
};
const facts = (found: FirstSince) => firstSinceFacts(found, () => 'Reuters');

test('indicator 2: a result becomes its sentence, with the source it rests on', () => {
  expect(render(firstSinceSentence(facts(ZAMALKA)), en)).toBe(
    'first delivery since November 2012, after nearly 4 years (3 years 7 months), according to Reuters',
  );
});

test('indicator 2: doubts and unknowns are said', () => {
  const doubtful = facts({
    ...ZAMALKA,
    accordingTo: [],
    lens: { sector: 'FSC' },
    possible: { since: { date: date('2016-04-30'), days: [60, 60], months: [1, 1] } },
    caveats: [{ type: 'possibly_not_first', date: '2016-06-29' }],
  });
  expect(render(firstSinceSentence(doubtful), en)).toBe(
    'first recorded food delivery since November 2012, after nearly 4 years (3 years 7 months), ' +
      'possibly not the first; perhaps only since 30 April 2016, counting deliveries not recorded in detail',
  );
});

test('indicator 1: Madaya waits for food at least 60 and at most 167 days', () => {
  const open = (from: string, days: number): OpenGap => ({
    from: { date: from, stops: [], byAir: null },
    days: [days, days],
    possible: false,
    caveats: [],
  });
  const gaps: LocalityGaps = {
    definition: 'indicator 1',
    locality: 'madaya',
    asOf: 0,
    lens: { sector: 'FSC' },
    recorded: { deliveries: 2, gaps: [], open: open('2016-01-14', 167) },
    possible: { deliveries: 6, gaps: [], open: open('2016-04-30', 60) },
    recordsSince: null,
    from: [],
    caveats: [],
  };
  expect(render(openWaitSentence(gaps), en)).toBe(
    'wait for a further food delivery: at least 60 days and at most 167 days',
  );
  expect(render(openWaitSentence({ ...gaps, lens: {}, possible: null }), en)).toBe(
    'no delivery on our record for 167 days',
  );
});

test('a convoy is titled with the spread of its trucks, until a person settles it', () => {
  const report = (id: string, trucks: number): ConvoyRecords['reports'][number] => ({
    id,
    convoy: 'c',
    source: 's',
    date: '2016-06-29',
    localities: ['zamalka', 'arbin'],
    status: 'delivered',
    scope: 'convoy',
    trucks: { q: '=', n: trucks },
  });
  const reports = [report('1', 37), report('2', 37), report('3', 38)];
  const convoy = { id: 'c', name: 'Zamalka and Arbin' };
  const title = (records: ConvoyRecords): string => render(convoyTitle(deriveConvoy(records)), en);
  expect(title({ convoy, reports, stops: [] })).toMatch(
    /, 29 June 2016: 37 or 38 trucks, delivered$/,
  );
  const settled = { ...convoy, trucksEntered: { q: '=' as const, n: 38 } };
  expect(title({ convoy: settled, reports, stops: [] })).toMatch(/: 38 trucks, delivered$/);
});
