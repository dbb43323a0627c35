import { describe, expect, test } from 'vitest';
import { datasetOf, fixtureDataset } from '../../../../tests/support/fixture-dataset.ts';
import { dayOf } from '../dates/day.ts';
import type { Dataset } from '../records/dataset.ts';
import { buildAccess } from './access-records.ts';
import { computeDisagreements } from './disagreement.ts';
import { computeFirstSince } from './first-since.ts';
import { computeGaps } from './gaps.ts';
import { ANY_DELIVERY, type Lens } from './lens.ts';
import { disagreementReport, firstSinceReport, gapsReport } from './reports.ts';
import { statusRegister } from './status-registers.ts';
import { rankWaits } from './waits.ts';

const asOf = dayOf(2016, 6, 29);
const FILES = ['localities.csv', 'organisations.csv', 'convoy_reports.csv', 'claims.csv'];
const records = fixtureDataset(...FILES, 'siege_population.csv');
const access = buildAccess(records);

const idOf = (name: string, dataset: Dataset = records): string => {
  for (const locality of dataset.locality.values()) if (locality.name === name) return locality.id;
  throw new Error(`no locality ${name}`);
};
const convoyOf = (key: string) => {
  for (const convoy of access.convoys.values()) if (convoy.name === key) return convoy;
  throw new Error(`no convoy ${key}`);
};
const reported = (name: string, lens: Lens = ANY_DELIVERY) =>
  gapsReport(computeGaps(access, { asOf, lens }), records, asOf, lens).localities.find(
    (locality) => locality.name === name,
  );
const FOOD: Lens = { sector: 'FSC' };

describe('Zamalka and Arbin, 29 June 2016', () => {
  const convoy = convoyOf('2016-06-29-zamalka-erbin');

  test('From reports: one convoy of 8 reports, one stop for both towns', () => {
    expect(convoy).toMatchObject({
      status: 'delivered',
      disputed: false,
      date: { edtf: '2016-06-29' },
    });
    expect(convoy.reports).toHaveLength(8);
    expect(convoy.stops).toHaveLength(1);
    expect(new Set(convoy.stops[0]?.localities)).toEqual(new Set([idOf('Zamalka'), idOf('Arbin')]));
  });

  test('From reports: 37 trucks by the reports that name both towns, 5 of 8 give a number', () => {
    expect(convoy.trucks).toMatchObject({
      value: { q: '=', n: 37 },
      accepted: false,
      fromEarlierStageOrPart: false,
      given: 5,
      of: 8,
    });
    expect(convoy.people.intended?.value).toMatchObject({ q: '=', n: 20_000 });
    expect(convoy.people.reached).toBeNull();
  });

  test('indicator 10: 37 by four reports, 38 by one', () => {
    const { entries } = disagreementReport(computeDisagreements(access, asOf));
    expect(entries.find((entry) => entry.convoy === convoy.name)).toEqual({
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

  const withEarlier = (source: string): Dataset =>
    datasetOf(
      {
        earlier: ['convoy', { name: 'earlier', date: '2012-11', status: 'delivered' }],
        earlierReport: [
          'report',
          {
            convoy: 'earlier',
            source,
            date: '2012-11',
            status: 'delivered',
            localities: [idOf('Zamalka'), idOf('Arbin')],
          },
        ],
        other: ['source', { kind: 'published', publisher: 'Somebody else' }],
      },
      records,
    );

  test('indicator 2: without an earlier record it is the first on our record', () => {
    const [entry] = computeFirstSince(access, { asOf, convoy: convoy.id });
    expect(entry).toMatchObject({ definition: 'indicator 2', since: null, recordsSince: null });
    expect(entry?.localities).toHaveLength(2);
  });

  test('indicator 2: with one of November 2012, 1,307 to 1,336 days, 43 months', () => {
    const dataset = withEarlier('other');
    const entries = computeFirstSince(buildAccess(dataset), { asOf, convoy: convoy.id });
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      since: { date: { edtf: '2012-11' }, days: [1_307, 1_336], months: [43, 43] },
      accordingTo: [],
    });
    const report = firstSinceReport(entries, dataset, asOf, ANY_DELIVERY, () => 'text');
    expect(report.entries).toEqual([
      {
        convoy: '2016-06-29-zamalka-erbin',
        date: '2016-06-29',
        localities: ['Arbin', 'Zamalka'],
        since: '2012-11',
        days: [1_307, 1_336],
        text: 'text',
        caveats: [],
      },
    ]);
  });

  test('indicator 2: an earlier record that rests on a source of this convoy is "according to"', () => {
    const [report] = [...records.report.values()].filter((one) => one.convoy === convoy.id);
    const source = report?.source ?? '';
    const [entry] = computeFirstSince(buildAccess(withEarlier(source)), {
      asOf,
      convoy: convoy.id,
    });
    expect(entry?.accordingTo).toEqual([source]);
  });
});

describe('Madaya 2016', () => {
  test('indicator 1: six deliveries, gaps of 3, 4, 30, 29, 44 days, 60 days open', () => {
    const madaya = reported('Madaya');
    expect(madaya).toEqual({
      name: 'Madaya',
      pcode: null,
      deliveries: 6,
      gaps: [
        { from: '2016-01-11', to: '2016-01-14', days: [3, 3] },
        { from: '2016-01-14', to: '2016-01-18', days: [4, 4] },
        { from: '2016-01-18', to: '2016-02-17', days: [30, 30] },
        { from: '2016-02-17', to: '2016-03-17', days: [29, 29] },
        { from: '2016-03-17', to: '2016-04-30', days: [44, 44] },
      ],
      open: { from: '2016-04-30', days: [60, 60] },
      caveats: [],
    });
  });

  test('indicator 1: under the food lens the wait is at least 60 and at most 167 days', () => {
    expect(reported('Madaya', FOOD)).toMatchObject({
      deliveries: 2,
      open: { from: '2016-01-14', days: [167, 167] },
      possible: { deliveries: 5, open: { from: '2016-04-30', days: [60, 60] } },
    });
  });

  test('From reports: 45 trucks on 14 January; 44 and 50 are of an earlier stage', () => {
    expect(convoyOf('2016-01-14-madaya').trucks).toMatchObject({
      value: { n: 45 },
      fromEarlierStageOrPart: false,
      given: 3,
      of: 3,
    });
  });

  test('From reports: totals of several towns are no deliveries and count nothing', () => {
    const five = convoyOf('2016-02-17-five-areas');
    expect(five).toMatchObject({ status: null, stops: [], trucks: null, reports: [] });
    expect(five.totals).toHaveLength(2);
    expect(convoyOf('2016-02-17-madaya').trucks?.value).toMatchObject({ n: 62 });
  });
});

describe('other worked cases', () => {
  test('indicator 1: Moadamiyet al-Sham waited 580 to 583 days', () => {
    expect(reported('Madamiyet Elsham')?.gaps[0]).toEqual({
      from: '2014-07-14/2014-07-17',
      to: '2016-02-17',
      days: [580, 583],
    });
  });

  test('indicator 1: Darayya: any delivery first on 1 June, food on 9 June, the one turned back closes nothing', () => {
    expect(reported('Darayya')?.gaps).toEqual([
      { from: '2016-06-01', to: '2016-06-09', days: [8, 8] },
    ]);
    expect(reported('Darayya', FOOD)).toMatchObject({
      deliveries: 1,
      gaps: [],
      open: { from: '2016-06-09', days: [20, 20] },
      possible: { deliveries: 1 },
    });
    const refused = access.localities.get(idOf('Darayya'))?.refused ?? [];
    expect(refused.map((stop) => [stop.date.edtf, stop.outcome])).toEqual([
      ['2016-05-12', 'denied'],
    ]);
  });

  test('From reports: Orem, Afrin, Azaz and Tell Rifat share one figure of 26,000', () => {
    const convoy = convoyOf('2014-05-29-orem');
    expect(convoy.stops).toHaveLength(1);
    expect(convoy.stops[0]?.localities).toHaveLength(4);
    expect(convoy.stops[0]?.people.intended?.value.n).toBe(26_000);
  });

  test('From reports: the convoy for Kafr Batna of 4 March delivered elsewhere, so its wait is 127 days', () => {
    expect(convoyOf('2016-03-04-kafrbatna').stops[0]?.localities).toHaveLength(2);
    expect(reported('Kafr Batna')?.open).toEqual({ from: '2016-02-23', days: [127, 127] });
  });

  test('indicator 1: an airdrop is named as such', () => {
    const [gaps] = computeGaps(access, { asOf }).filter(
      (one) => one.locality === idOf('Deir-ez-Zor'),
    );
    expect(gaps?.recorded.open?.from).toMatchObject({ date: '2016-04-10', byAir: 'airdrop' });
  });

  test('indicator 1: a delivery that a report mentions and our records lack is a caveat', () => {
    const caveats = reported('Ein Terma')?.caveats;
    expect(caveats).toMatchObject([{ type: 'delivery_not_on_record', date: '2016-04' }]);
  });

  test('indicator 1: waits are ranked for the besieged, those without a record at their end', () => {
    const waits = rankWaits(
      computeGaps(access, { asOf }),
      records,
      statusRegister(records, 'un'),
      asOf,
    );
    const names = waits
      .filter((wait) => wait.isRanked)
      .map((wait) => [records.locality.get(wait.locality)?.name, wait.open?.days[0] ?? null]);
    expect(names).toEqual([
      ['Kafr Batna', 127],
      ['Saqba', 117],
      ['Deir-ez-Zor', 80],
      ['Az-Zabdani', 60],
      ['Foah', 60],
      ['Kafraya', 60],
      ['Madaya', 60],
      ['Harasta', 42],
      ['Darayya', 20],
      ['Duma', 19],
      ["Al Wa'er", 13],
      ['Ein Terma', 10],
      ['Hammura', 10],
      ['Arbin', 0],
      ['Zamalka', 0],
      ['Jisrein', null],
      ['Zebdin', null],
    ]);
    const others = waits.filter((wait) => !wait.isRanked).map((wait) => wait.locality);
    const byName = others.map((id) => records.locality.get(id)?.name ?? id);
    expect(byName).toEqual([...byName].sort((a, b) => a.localeCompare(b, 'en')));
  });

  test('as-of: on 1 June nothing of what came later counts', () => {
    const then = dayOf(2016, 6, 1);
    const gaps = gapsReport(computeGaps(access, { asOf: then }), records, then, ANY_DELIVERY);
    expect(gaps.localities.some((locality) => locality.name === 'Zamalka')).toBe(false);
    expect(gaps.localities.find((locality) => locality.name === 'Madaya')?.open?.days).toEqual([
      32, 32,
    ]);
    expect(
      computeFirstSince(access, { asOf: then }).every((entry) => entry.date.earliest <= then),
    ).toBe(true);
  });
});
