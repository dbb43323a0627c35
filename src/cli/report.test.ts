import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { examplePath, fixturePath, runCli } from '../../tests/support/run-cli.ts';
import { run } from './command.ts';

// Each test starts processes, on machines that do other work too.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'crossline-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const from = (...paths: readonly string[]): string[] => paths.flatMap((path) => ['--from', path]);
const FIXTURES = from(fixturePath('localities.csv'), fixturePath('convoy_reports.csv'));
const EXAMPLE = from(
  ...['localities', 'organisations', 'convoy_reports', 'claims', 'populations'].map((name) =>
    examplePath(`${name}.csv`),
  ),
);

interface Series {
  readonly deliveries: number;
  readonly gaps: readonly { readonly from: string; readonly to: string; readonly days: number[] }[];
  readonly open: { readonly from: string; readonly days: number[] };
}

function gapsOf(name: string, args: readonly string[]): Series & { readonly possible?: Series } {
  const run = runCli(['report', 'gaps', '--as-of', '2016-06-29', '--format', 'json', ...args]);
  expect(run.code).toBe(0);
  const { localities } = JSON.parse(run.out) as { localities: (Series & { name: string })[] };
  const names = localities.map((locality) => locality.name);
  expect(names).toEqual([...names].sort(new Intl.Collator('en').compare));
  const found = localities.find((locality) => locality.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

describe('report gaps', () => {
  it('gives the gaps of Madaya: 3, 4, 30, 29, 44 days, and 60 open', () => {
    const madaya = gapsOf('Madaya', FIXTURES);
    expect(madaya).toMatchObject({ pcode: null, deliveries: 6, caveats: [] });
    expect(madaya.gaps.map(({ days }) => days)).toEqual(
      [3, 4, 30, 29, 44].map((days) => [days, days]),
    );
    expect(madaya.gaps[0]).toEqual({ from: '2016-01-11', to: '2016-01-14', days: [3, 3] });
    expect(madaya.open).toEqual({ from: '2016-04-30', days: [60, 60] });
  });

  it('gives the recorded and the possible bound under the food lens', () => {
    const madaya = gapsOf('Madaya', [...FIXTURES, '--lens', 'sector=FSC']);
    expect(madaya.open).toEqual({ from: '2016-01-14', days: [167, 167] });
    expect(madaya.possible?.open).toEqual({ from: '2016-04-30', days: [60, 60] });
  });

  it('prints the same as a table and as sentences', () => {
    const csv = runCli(['report', 'gaps', '--as-of', '2016-06-29', '--format', 'csv', ...FIXTURES]);
    expect(csv.out).toContain('\nMadaya,,2016-01-11,2016-01-14,3,3,recorded\n');
    expect(csv.out).toContain('\nMadaya,,2016-04-30,,60,60,recorded\n');
    const text = runCli(['report', 'gaps', '--as-of', '2016-06-29', ...FIXTURES]);
    expect(text.out).toContain('Madaya: no delivery on our record for 60 days\n');
    expect(text.out).toContain('  17 March 2016 – 30 April 2016: 44 days\n');
  });
});

describe('report first-since', () => {
  const text = (...args: readonly string[]): string =>
    runCli(['report', 'first-since', '--as-of', '2016-06-29', ...args]).out;

  it('says first delivery since November 2012, after nearly 4 years, according to Reuters', () => {
    const { entries } = JSON.parse(text('--format', 'json', ...EXAMPLE)) as {
      entries: { convoy: string; localities: string[] }[];
    };
    const found = entries.filter(({ convoy }) => convoy === '2016-06-29-zamalka-erbin');
    expect(found).toEqual([
      {
        convoy: '2016-06-29-zamalka-erbin',
        date: '2016-06-29',
        localities: ['Arbin', 'Zamalka'],
        since: '2012-11',
        days: [1307, 1336],
        text: 'first delivery since November 2012, after nearly 4 years (3 years 7 months), according to Reuters',
        caveats: [],
      },
    ]);
  });

  it('says first on our record where the earlier delivery is not', () => {
    const line = text(...FIXTURES)
      .split('\n')
      .find((one) => one.includes('Zamalka'));
    expect(line).toBe('29 June 2016 · Arbin and Zamalka: first on our record');
  });

  it('speaks Arabic and French', () => {
    expect(text('--lang', 'ar', ...EXAMPLE)).toContain('منذ تشرين الثاني ٢٠١٢');
    expect(text('--lang', 'fr', ...EXAMPLE)).toContain('depuis novembre 2012');
  });
});

describe('report disagreement', () => {
  it('gives the values of each figure with their reports, and what is derived', () => {
    const run = runCli([
      'report',
      'disagreement',
      '--as-of',
      '2016-06-29',
      '--format',
      'json',
      ...FIXTURES,
    ]);
    const { entries } = JSON.parse(run.out) as { entries: { convoy: string; figure: string }[] };
    expect(entries).toContainEqual({
      convoy: '2016-06-29-zamalka-erbin',
      figure: 'trucks',
      accepted: '37',
      values: [
        { value: '37', reports: 4 },
        { value: '38', reports: 1 },
      ],
      min: 37,
      max: 38,
    });
  });
});

describe('what goes wrong', () => {
  const gaps = (...args: readonly string[]) => runCli(['report', 'gaps', ...args]);

  it('1: names row and column of a bad cell, and answers from the other rows', () => {
    const path = file(
      'reports.csv',
      'event_key,date,status,localities,source_title\na,31/02/2016,delivered,Madaya,x\nb,2016-06-01,delivered,Madaya,x\n',
    );
    const run = gaps('--as-of', '2016-06-29', '--format', 'json', '--from', path);
    expect(run.code).toBe(1);
    expect(run.err).toContain(
      'error: reports.csv: row 2, column date: "31/02/2016" there is no such day',
    );
    expect(JSON.parse(run.out)).toMatchObject({ localities: [{ name: 'Madaya', deliveries: 1 }] });
  });

  it('2: refuses what cannot be read, and what is no table', () => {
    const rubbish = Uint8Array.from({ length: 20_000 }, (_, at) => (at * at * 31 + at) % 256);
    const refuse = (cases: readonly (readonly [path: string, message: string])[]): void => {
      const run = gaps(...from(...cases.map(([path]) => path)), ...FIXTURES);
      expect([run.code, run.out]).toEqual([2, '']);
      for (const [path, message] of cases) {
        const lines = run.err.split('\n').filter((line) => line.includes(`${basename(path)}: `));
        expect(lines.join()).toContain(message);
      }
    };
    refuse([
      [join(folder, 'missing.csv'), 'cannot be read (ENOENT)'],
      [folder, 'cannot be read (EISDIR)'],
    ]);
    refuse([
      [file('empty.csv', ''), 'the file is empty'],
      [file('rubbish.csv', rubbish), 'this is not a text file'],
      [file('other.csv', 'a,b\n1,2\n'), 'the columns fit no kind of file that is known (a, b)'],
      [file('quote.csv', 'name\n"Arbin\n'), 'row 2: a quote is opened and not closed'],
      [file('header.csv', 'event_key,date,status\n'), 'no row below it'],
    ]);
  });

  it('2: stops at a line of 50 MB without holding it in memory', () => {
    const small = gaps('--from', file('small.csv', ''));
    const run = gaps('--from', file('long.csv', Buffer.alloc(50_000_000, 'a')));
    expect(run.code).toBe(2);
    expect(run.err).toContain('error: long.csv: row 1: a line is too long');
    expect(run.memory - small.memory).toBeLessThan(40);
  });

  it('2: says how it is used', async () => {
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [[], 'Usage: crossline'],
      [['launch'], 'unknown command: launch'],
      [['report'], 'report is one of gaps, first-since, coverage'],
      [['report', 'gaps'], 'needs --from FILE or --operation NAME'],
      [['report', 'gaps', '--colour'], "Unknown option '--colour'"],
      [['report', 'gaps', '--as-of', '2016-06', '--from', 'x'], '--as-of is a day like 2016-06-29'],
      [
        ['report', 'gaps', '--lens', 'colour=red', '--from', 'x'],
        '--lens: unknown lens: colour=red',
      ],
      [['report', 'gaps', '--format', 'pdf', '--from', 'x'], '--format is one of'],
      [['report', 'gaps', '--lang', 'de', '--from', 'x'], '--lang is one of'],
      [['import', '--operation', 'x'], 'import needs a file'],
      [['invite', '--role', 'king', '--name', 'x'], '--role is one of'],
    ];
    for (const [args, message] of wrong) {
      const outcome = await run(args);
      expect([outcome.code, outcome.out]).toEqual([2, '']);
      expect(outcome.notes.join('\n')).toContain(message);
    }
    expect(runCli(['launch'])).toMatchObject({ code: 2, out: '' });
    expect(runCli(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Usage') });
  });

  it('0: warns of unknown columns and places on stderr, and names what comes near', () => {
    const path = file(
      'r.csv',
      'event_key,date,status,localities,weather,source_title\na,2016-06-01,delivered,Madayaa,rain,x\n',
    );
    const run = gaps('--from', path, '--from', fixturePath('localities.csv'));
    expect(run.code).toBe(0);
    expect(run.err).toContain('warning: r.csv, column weather: column is not known');
    expect(run.err).toMatch(/"Madayaa": .* \(near: Madaya\b/);
  });
});
