import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ImportedRecord } from '#lib/exchange/imported-record.ts';
import { openOperator } from '#lib/server/operator.ts';
import { runCli } from '../../tests/support/run-cli.ts';

// Each test starts processes, on machines that do other work too.
vi.setConfig({ testTimeout: 60_000 });

const PLANS: readonly ImportedRecord[] = [
  { kind: 'locality', id: 'arbin', values: { name: 'Arbin' } },
  { kind: 'locality', id: 'duma', values: { name: 'Duma' } },
  {
    kind: 'accessRequest',
    id: 'may',
    values: {
      ...{ period: '2016-05', authority: 'MoFA' },
      ...{ submittedOn: '2016-04-20', answeredOn: '2016-05-01' },
    },
  },
  {
    kind: 'requestLine',
    id: 'may-arbin',
    values: {
      ...{ request: 'may', locality: 'arbin', outcome: 'approved_in_part' },
      ...{ peopleRequested: { q: '=', n: 20_000 }, peopleApproved: { q: '=', n: 8_000 } },
    },
  },
  {
    kind: 'requestLine',
    id: 'may-duma',
    values: { request: 'may', locality: 'duma', outcome: 'not_approved' },
  },
  { kind: 'accessRequest', id: 'june', values: { period: '2016-06', submittedOn: '2016-05-25' } },
  { kind: 'requestLine', id: 'june-duma', values: { request: 'june', locality: 'duma' } },
];

let data: string;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'crossline-requests-'));
  const opened = await openOperator({ CROSSLINE_DATA: data });
  if (!opened.ok) throw new Error(opened.error.reason);
  const operator = opened.value;
  const { id } = await operator.createOperation('Syria');
  await operator.importRecords(id, PLANS, { as: 'Access officer', dryRun: false });
  await operator.close();
}, 60_000);
afterAll(() => rmSync(data, { recursive: true, force: true }));

const requests = (...args: readonly string[]) =>
  runCli(['report', 'requests', '--operation', 'Syria', '--as-of', '2016-06-29', ...args], data);

describe('report requests, from the plans of a store', () => {
  it('gives the funnel of each period, and names no place', () => {
    const run = requests('--format', 'json');
    expect(run.code).toBe(0);
    expect(JSON.parse(run.out)).toMatchObject({
      asOf: '2016-06-29',
      periods: [
        {
          period: '2016-05',
          requested: { lines: 2, people: 20_000, withoutNumber: 1 },
          answers: {
            approved_in_part: { lines: 1, people: 20_000 },
            not_approved: { lines: 1, people: null },
          },
          departed: { lines: 0 },
          delivered: { lines: 0 },
        },
        { period: '2016-06', requested: { lines: 1 } },
      ],
      answerDays: { median: 11, answered: 1, unanswered: 1 },
    });
    expect(run.out).not.toMatch(/Arbin|Duma|MoFA/);
  });

  it('as a table and in words, from a day on', () => {
    const table = requests('--format', 'csv').out;
    expect(table).toContain('\n2016-05,requested,2,2,20000,20000,1\n');
    expect(table).toContain('\n2016-05,not_approved,1,1,,,1\n');
    const later = requests('--since', '2016-06-01').out;
    expect(later).toContain('June 2016');
    expect(later).not.toContain('May 2016');
    for (const lang of ['ar', 'fr'] as const)
      expect(requests('--lang', lang).out).not.toMatch(/Arbin|Duma|عربين/);
  });

  it('the situation report of the store tells of the period that is over alone', () => {
    const run = runCli(
      [
        ...['report', 'sitrep', '--operation', 'Syria', '--as-of', '2016-06-29'],
        ...['--since', '2016-05-01', '--format', 'json'],
      ],
      data,
    );
    const { requests: told } = JSON.parse(run.out) as {
      requests: { periods: { period: string }[] };
    };
    expect(told.periods.map(({ period }) => period)).toEqual(['2016-05']);
  });
});
