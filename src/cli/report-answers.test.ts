import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { examplePath, fixturePath, runCli } from '../../tests/support/run-cli.ts';
import { run } from './command.ts';
import type { Outcome } from './outcome.ts';
import { REPORTS } from './reports/reports.ts';

vi.setConfig({ testTimeout: 60_000 });

const from = (...paths: readonly string[]): string[] => paths.flatMap((path) => ['--from', path]);
const FIXTURES = from(
  ...['localities', 'organisations', 'convoy_reports', 'claims', 'siege_population'].map((name) =>
    fixturePath(`${name}.csv`),
  ),
);
const EXAMPLE = from(
  ...['localities', 'organisations', 'convoy_reports', 'claims', 'populations'].map((name) =>
    examplePath(`${name}.csv`),
  ),
);
const AS_OF = ['--as-of', '2016-06-29'];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'crossline-reports-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const report = (...args: readonly string[]): Promise<Outcome> =>
  run(['report', ...args, ...AS_OF, ...FIXTURES]);

async function json(...args: readonly string[]): Promise<unknown> {
  const outcome = await report(...args, '--format', 'json');
  expect(outcome.code).toBe(0);
  expect(outcome.out.trimEnd()).not.toContain('\n');
  return JSON.parse(outcome.out);
}

describe('every report', () => {
  it.each(Object.keys(REPORTS))(
    '%s: answers in three formats and three languages',
    async (name) => {
      const texts = new Set<string>();
      for (const lang of ['en', 'ar', 'fr']) {
        const outcomes = await Promise.all(
          ['json', 'csv', 'text'].map((format) => report(name, '--format', format, '--lang', lang)),
        );
        expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0]);
        const [asJson, asTable, asText] = outcomes.map(({ out }) => out);
        expect(Object.keys(JSON.parse(asJson!) as object).length).toBeGreaterThan(0);
        expect(asTable!.split('\n')[0]).toMatch(/^[a-z_]+(,[a-z_]+)+$/);
        expect(asText).not.toMatch(/undefined|\[object|null/);
        texts.add(asText!);
      }
      expect(texts.size).toBe(3);
    },
  );

  it('prints the same from a process of its own as from within', async () => {
    const args = ['report', 'coverage', ...AS_OF, '--since', '2016-01-01', ...FIXTURES];
    const [outside, inside] = [runCli(args), await run(args)];
    expect([outside.code, outside.out]).toEqual([0, inside.out]);
    expect(outside.err.split('\n').filter(Boolean)).toEqual(inside.notes);
  });
});

describe('report coverage', () => {
  it('counts the places of the list, and names those without', async () => {
    const { publishedTotals, ...found } = (await json('coverage', '--since', '2016-01-01')) as {
      publishedTotals: readonly unknown[];
    };
    expect(publishedTotals).toHaveLength(6);
    expect(publishedTotals[0]).toEqual({
      series: 'OCHA',
      total: "Syria total (18 locations; Al Wa'er added, Zabadin removed)",
      asOf: '2016-06-20',
      people: '590000',
      unit: 'people',
      latest: true,
    });
    expect(found).toEqual({
      status: 'besieged',
      classifier: 'UN',
      since: '2016-01-01',
      asOf: '2016-06-29',
      certain: 15,
      possible: 0,
      total: 17,
      without: ['Jisrein', 'Zebdin'],
      lens: null,
      possiblePlaces: [],
      statusUnclear: [],
    });
  });

  it('begins with the year, and compares classifiers without case', async () => {
    expect(await json('coverage', '--classifier', 'un')).toMatchObject({
      since: '2016-01-01',
      certain: 15,
      total: 17,
    });
    const none = await report('coverage', '--classifier', 'Siege Watch');
    const [finding, ...published] = none.out.trimEnd().split('\n');
    expect(finding).toBe(
      'Our record does not name besieged places (Siege Watch list) as of 29 June 2016',
    );
    expect(published).toContain(
      'Published beside our list, without naming places: Siege Watch, May 2016: 1,000,000 people (“Syria total”)',
    );
  });

  it('has a row for each place of the list, and one for each published total', async () => {
    const { out } = await report('coverage', '--format', 'csv');
    expect(out.split('\n')).toHaveLength(19 + 6);
    expect(out).toContain('\nZebdin,none_on_record,besieged,UN,2016-01-01,2016-06-29,,,,\n');
    expect(out).toContain('\n,published_total,besieged,,,2016-06-20,OCHA,');
    expect(out).toContain(',590000,people\n');
  });
});

describe('report reach', () => {
  interface Reach {
    months: { month: string; reached: unknown; intended: unknown; population: unknown }[];
    cumulative: { includesRepeats: boolean };
  }
  const month = async (name: string, ...args: readonly string[]) =>
    ((await json('reach', ...args)) as Reach).months.find((one) => one.month === name);

  it('gives numerator, denominator and share, people reached apart from people intended', async () => {
    expect(await month('2016-03')).toMatchObject({
      reached: null,
      intended: 20_000,
      population: 441_500,
      share: { reached: null, intended: 20_000 / 441_500 },
      deliveries: 2,
      withoutNumber: { reached: 2, intended: 1 },
    });
  });

  it('of any status has every delivery, and no population', async () => {
    const all = await month('2016-01', '--status', 'any');
    expect(all).toMatchObject({ population: null, share: { reached: null, intended: null } });
    expect(all?.intended).not.toBeNull();
  });

  it('adds deliveries up only as what includes repeats', async () => {
    const { cumulative } = (await json('reach')) as Reach;
    expect(cumulative).toMatchObject({ includesRepeats: true, reached: null, deliveries: 36 });
  });
});

describe('report claims', () => {
  it('gives each its verdict, and what led to it', async () => {
    const { entries } = (await json('claims')) as { entries: { claim: string; verdict: string }[] };
    const verdicts = new Map(entries.map(({ claim, verdict }) => [claim, verdict]));
    expect(verdicts.get('First time Douma received aid since 2013')).toBe('contradicted');
    expect(verdicts.get('Second to the area since March 22')).toBe('supported');
    expect(verdicts.get('All besieged areas reached this year')).toBe('not_on_record');
    expect(entries).toContainEqual({
      convoy: '2016-06-29-zamalka-erbin',
      claim: 'All besieged areas reached this year',
      kind: 'all_reached',
      verdict: 'not_on_record',
      because: [{ type: 'not_covered', localities: ['Jisrein', 'Zebdin'] }],
    });
  });

  it('says according to whom, where the earlier delivery rests on the claim’s own source', async () => {
    const reports = file(
      'same-source.csv',
      'event_key,date,status,localities,source_title\n' +
        'old,2012-11,delivered,Zamalka;Arbin,Reuters\nnew,2016-06-29,delivered,Zamalka;Arbin,Reuters\n',
    );
    const claims = file(
      'same-source-claims.csv',
      'event_key,kind,localities,lens,since,since_is,claim,source_title\n' +
        'new,first_since,Zamalka;Arbin,,2012-11,delivery,First since November 2012,Reuters\n',
    );
    const { out } = await run(['report', 'claims', ...AS_OF, ...from(reports, claims)]);
    expect(out).toContain(
      ', 29 June 2016: the claim “First since November 2012” stands according to Reuters alone: our record has no other source for it (Arbin and Zamalka: a delivery on our record in November 2012)\n',
    );
  });
});

describe('report duplicates', () => {
  it('offers two convoys within a day of each other, of a like size, to a common place', async () => {
    const path = file(
      'twice.csv',
      'event_key,date,status,localities,trucks,source_title\n' +
        'a,2016-06-01,delivered,Madaya,40,x\nb,2016-06-02,delivered,Madaya,38,y\n' +
        'c,2016-06-02,delivered,Madaya,9,z\n',
    );
    const { out } = await run([
      'report',
      'duplicates',
      ...AS_OF,
      '--format',
      'json',
      '--from',
      path,
    ]);
    expect(JSON.parse(out)).toEqual({
      asOf: '2016-06-29',
      entries: [
        { convoys: ['a', 'b'], dates: ['2016-06-01', '2016-06-02'], localities: ['Madaya'] },
      ],
    });
    const text = await run(['report', 'duplicates', ...AS_OF, '--from', path]);
    expect(text.out).toBe(
      'Possibly one convoy, recorded twice: Madaya, 1 June 2016: 40 trucks, delivered; Madaya, 2 June 2016: 38 trucks, delivered\n',
    );
  });
});

describe('report sitrep', () => {
  const sitrep = (...args: readonly string[]) =>
    run(['report', 'sitrep', ...AS_OF, ...args, ...EXAMPLE]);

  it('is of the month up to the as-of date, and has the sentence Crossline exists for', async () => {
    const { out } = await sitrep();
    expect(out.split('\n')[0]).toBe('Humanitarian access, 1–29 June 2016');
    expect(out).toContain(
      '• 29 June 2016: Arbin and Zamalka: first delivery since November 2012, after nearly 4 years (3 years 7 months), according to Reuters.\n',
    );
    expect((await sitrep('--lang', 'ar')).out).toContain('منذ تشرين الثاني ٢٠١٢');
    expect((await sitrep('--lang', 'fr')).out).toContain(
      'depuis novembre 2012, après presque 4 ans',
    );
  });

  it('gives paragraphs, HTML to paste and the results behind them', async () => {
    const { out } = await sitrep('--format', 'json', '--since', '2016-01-01', '--lang', 'ar');
    const found = JSON.parse(out) as Record<string, unknown>;
    expect(found).toMatchObject({
      since: '2016-01-01',
      lang: 'ar',
      coverage: { certain: 15, total: 17 },
      people: { includesRepeats: true },
      requests: { periods: [] },
    });
    expect(found.html).toMatch(/^<article lang="ar" dir="rtl">/);
    expect(found.sections).toHaveLength(10);
  });
});

describe('what is asked wrongly', () => {
  it('2: is refused, with what would be right', async () => {
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [['coverage', '--status', 'any'], '--status any is for reach'],
      [['sitrep', '--status', 'any'], '--status any is for reach'],
      [['reach', '--status', 'closed'], '--status is one of accessible, hard_to_reach, besieged'],
      [['reach', '--since', '2016'], '--since is a day like 2016-01-01, not 2016'],
      [['reach', '--since', '2016-07-01'], '--since is after --as-of'],
      [['weather'], 'report is one of gaps, first-since, coverage, reach'],
    ];
    for (const [args, message] of wrong) {
      const outcome = await report(...args);
      expect([outcome.code, outcome.out]).toEqual([2, '']);
      expect(outcome.notes.join('\n')).toContain(message);
    }
  });

  it('0: an option that changes nothing is answered with a warning', async () => {
    const outcome = await report('duplicates', '--lens', 'joint');
    expect(outcome.code).toBe(0);
    expect(outcome.notes).toContain('warning: report duplicates does not look at --lens');
  });
});

describe('CSV', () => {
  it('holds no cell that a spreadsheet would run', async () => {
    const path = file(
      'run.csv',
      'event_key,date,status,localities,source_title\n=1+1,2016-06-01,delivered,"=HYPERLINK(""x"")",@x\n',
    );
    for (const name of ['gaps', 'first-since', 'sitrep']) {
      const { out } = await run(['report', name, ...AS_OF, '--format', 'csv', '--from', path]);
      expect(out).toContain('=HYPERLINK');
      expect(out).not.toMatch(/(^|,)"?[=+@]/m);
    }
  });
});
