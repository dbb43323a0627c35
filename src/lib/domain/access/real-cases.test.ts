import { describe, expect, test } from 'vitest';
import { datasetOf, fixtureDataset } from '../../../../tests/support/fixture-dataset.ts';
import { dayOf, dayToIso } from '../dates/day.ts';
import { buildAccess } from './access-records.ts';
import { computeClaims } from './claims.ts';
import { computeCoverage } from './coverage.ts';
import { publishedTotals } from './published-totals.ts';
import { computeReach } from './reach.ts';
import { recordsLeftOut } from './records-left-out.ts';
import { computeSupply } from './supply.ts';

/** What the first half of 2016 looks like through the reports that we hold, beside what was published. */
const FILES = ['localities.csv', 'organisations.csv', 'convoy_reports.csv', 'claims.csv'];
const records = fixtureDataset(...FILES, 'siege_population.csv');
const access = buildAccess(records);
const asOf = dayOf(2016, 6, 30);
const since = dayOf(2016, 1, 1);
const nameOf = (id: string): string => records.locality.get(id)?.name ?? id;

describe('coverage since 1 January 2016, as of 30 June, of the places that UN figures name', () => {
  const coverage = computeCoverage(access, { status: 'besieged', classifier: 'UN', since, asOf });

  test('indicator 3: 15 of 17 had a delivery on record; of two we have none', () => {
    expect(coverage).toMatchObject({ definition: 'indicator 3', total: 17, statusUnclear: [] });
    expect(coverage.certain.map(({ locality }) => nameOf(locality))).toEqual([
      "Al Wa'er",
      'Arbin',
      'Az-Zabdani',
      'Darayya',
      'Deir-ez-Zor',
      'Duma',
      'Ein Terma',
      'Foah',
      'Hammura',
      'Harasta',
      'Kafr Batna',
      'Kafraya',
      'Madaya',
      'Saqba',
      'Zamalka',
    ]);
    expect(coverage.possible).toEqual([]);
    expect(coverage.without.map(nameOf)).toEqual(['Jisrein', 'Zebdin']);
  });

  test('the published 18 stand beside it, without places, and change nothing in it', () => {
    const [ocha] = publishedTotals(records, { status: 'besieged', asOf, series: 'ocha' });
    expect(ocha).toMatchObject({
      definition: 'published total',
      series: 'OCHA',
      total: "Syria total (18 locations; Al Wa'er added, Zabadin removed)",
      people: { q: '=', n: 590_000 },
      isLatest: true,
      isPossible: false,
    });
    const without = {
      ...records,
      population: new Map([...records.population].filter(([, one]) => one.total === undefined)),
    };
    const again = computeCoverage(buildAccess(without), {
      status: 'besieged',
      classifier: 'UN',
      since,
      asOf,
    });
    expect(again).toEqual(coverage);
  });

  test('the claims that all 18 were reached are not on our record, for the two places that lack one', () => {
    const all = computeClaims(access, { asOf, classifier: 'UN' }).filter(
      ({ kind }) => kind === 'all_reached',
    );
    expect(all).toHaveLength(2);
    for (const { verdict, because } of all) {
      expect(verdict).toBe('not_on_record');
      expect(because).toEqual([{ type: 'not_covered', localities: coverage.without }]);
    }
  });
});

describe('published totals', () => {
  const listed = (series?: string, day = asOf) =>
    publishedTotals(records, { status: 'besieged', asOf: day, series }).map((one) => [
      one.series,
      one.asOf.edtf,
      one.people.n,
      one.isLatest,
    ]);

  test('of every series by date, the newest of each marked; one without a number is not read', () => {
    expect(listed()).toEqual([
      ['OCHA', '2016-06-20', 590_000, true],
      ['Siege Watch', '2016-05', 1_000_000, true],
      ['UN', '2016-05', 592_700, true],
      ['UN', '2016-01-18', 12_500, false],
      ['OCHA', '2016-01', 486_700, false],
      ['OCHA', '2015-12', 393_700, false],
    ]);
  });

  test('nothing after the as-of date counts, a range across it is possible', () => {
    const day = dayOf(2016, 1, 20);
    expect(listed('OCHA', day)).toEqual([
      ['OCHA', '2016-01', 486_700, true],
      ['OCHA', '2015-12', 393_700, false],
    ]);
    const [possible] = publishedTotals(records, { status: 'besieged', asOf: day, series: 'OCHA' });
    expect(possible?.isPossible).toBe(true);
  });

  test('indicator 4: a total is nobody in a share: the people of places are those of places alone', () => {
    const options = { asOf, since, status: 'besieged', classifier: 'UN', series: 'UN' } as const;
    const months = computeReach(access, options);
    const february = months.find(({ month }) => month === '2016-02');
    // 176,500 of ten places together, Darayya, Deir-ez-Zor, Madaya, Az-Zabdani, Foah with Kafraya.
    expect(february?.population?.people).toEqual([441_500, 441_500]);
    expect(february?.intended.people).toEqual([71_000, 71_000]);
    const more = datasetOf(
      {
        extra: [
          'population',
          {
            series: 'UN',
            status: 'besieged',
            total: 'All besieged places',
            asOf: '2016-02-01',
            people: { q: '=', n: 1_000_000 },
          },
        ],
      },
      records,
    );
    expect(computeReach(buildAccess(more), options)).toEqual(months);
  });
});

test('indicator 4: Madaya in January and in February 2016: 40,000 once each, of all that came', () => {
  const months = computeReach(access, {
    asOf,
    since,
    status: 'any',
    classifier: 'UN',
    series: 'UN',
  });
  const madaya = [...records.locality.values()].find(({ name }) => name === 'Madaya')!.id;
  const stops = access.localities.get(madaya)!.delivered;
  const inMonth = (month: string) =>
    stops.filter(({ date }) => dayToIso(date.latest).startsWith(month));
  expect(inMonth('2016-01')).toHaveLength(3);
  expect(inMonth('2016-02')).toHaveLength(1);
  const alone = buildAccess({
    ...records,
    report: new Map(
      [...records.report].filter(([, { localities = [] }]) => localities.includes(madaya)),
    ),
  });
  const options = { asOf, since, status: 'any', classifier: 'UN', series: 'UN' } as const;
  const intended = computeReach(alone, options).map(({ month, intended }) => [
    month,
    intended.people,
  ]);
  expect(intended.slice(0, 2)).toEqual([
    ['2016-01', [40_000, 40_000]],
    ['2016-02', [40_000, 40_000]],
  ]);
  expect(months[0]?.reached.people).toBeNull();
});

test('indicator 7: no report of these says for how many days its food was meant', () => {
  const supply = computeSupply(access, { asOf, since, series: 'UN' });
  expect(supply.length).toBeGreaterThan(20);
  for (const one of supply) {
    expect(one).toMatchObject({ notComputed: 'no_ration_length', endsOn: null, covered: null });
  }
});

test('no record of the files is left out', () => {
  expect(recordsLeftOut(access)).toEqual([]);
});

describe('indicator 11: each of the 25 claims, as reviewed one by one', () => {
  const NOTHING_THEN = 'no_delivery_at_since';
  const INCOMPLETE = 'records_not_complete';
  const REVIEWED: readonly (readonly [
    convoy: string,
    claim: string,
    verdict: string,
    because: string,
  ])[] = [
    ['2014-05-26-menbij', 'Areas not reached since July 2013', 'not_on_record', NOTHING_THEN],
    ['2014-07-14-moadamiyeh', 'First time since early 2012', 'not_on_record', INCOMPLETE],
    [
      '2016-01-11-madaya',
      'Madaya had received no aid since October',
      'not_on_record',
      NOTHING_THEN,
    ],
    [
      '2016-01-18-zabadani',
      'Aid reached Zabadani for the first time this year',
      'not_on_record',
      INCOMPLETE,
    ],
    [
      '2016-02-17-moadamiyeh',
      'First aid delivery since the Munich agreement of 12 February',
      'not_on_record',
      INCOMPLETE,
    ],
    [
      '2016-02-29-moadamiyeh',
      'First delivery of assistance under the truce',
      'not_on_record',
      INCOMPLETE,
    ],
    [
      '2016-03-22-houla',
      'Nearly eight months since the last delivery',
      'not_on_record',
      NOTHING_THEN,
    ],
    [
      '2016-04-10-deirezzor-airdrop',
      'First WFP food assistance to besieged parts since March 2014',
      'not_on_record',
      NOTHING_THEN,
    ],
    ['2016-04-21-rastan', 'First to reach Rastan since 2012', 'not_on_record', NOTHING_THEN],
    [
      '2016-04-21-rastan',
      'First to reach the town in more than a year',
      'not_on_record',
      NOTHING_THEN,
    ],
    ['2016-04-21-rastan', 'ICRC last reached the town in 2012', 'not_on_record', NOTHING_THEN],
    [
      '2016-05-18-harasta',
      'First ICRC aid delivery to the area since 2012',
      'not_on_record',
      NOTHING_THEN,
    ],
    [
      '2016-06-01-daraya',
      'First time the UN delivered any assistance to Darayya since November 2012',
      'not_on_record',
      INCOMPLETE,
    ],
    ['2016-06-01-moadamiyeh', 'First access since March', 'not_on_record', NOTHING_THEN],
    [
      '2016-06-09-daraya',
      'First food convoy since the siege began in November 2012',
      'not_on_record',
      INCOMPLETE,
    ],
    ['2016-06-09-daraya', 'First food since 2012', 'not_on_record', INCOMPLETE],
    // The records hold a delivery between 2013 and the 10th of June.
    [
      '2016-06-10-douma',
      'First time Douma received aid since 2013',
      'contradicted',
      'delivery_between',
    ],
    ['2016-06-11-houla', 'Second to the area since March 22', 'supported', 'delivery_at_since'],
    [
      '2016-06-19-kafrbatna',
      'First delivery to the Kafr Batna area since mid-April',
      'not_on_record',
      NOTHING_THEN,
    ],
    [
      '2016-06-29-zamalka-erbin',
      'All 18 besieged locations now reached at least once in 2016',
      'not_on_record',
      'not_covered',
    ],
    [
      '2016-06-29-zamalka-erbin',
      'All besieged areas reached this year',
      'not_on_record',
      'not_covered',
    ],
    [
      '2016-06-29-zamalka-erbin',
      'First international assistance since November 2012',
      'not_on_record',
      NOTHING_THEN,
    ],
    [
      '2016-06-29-zamalka-erbin',
      'First joint convoy to these two towns since November 2012',
      'not_on_record',
      NOTHING_THEN,
    ],
    ['2016-06-29-zamalka-erbin', 'First time since 2012', 'not_on_record', NOTHING_THEN],
    ['2016-06-29-zamalka-erbin', 'First WFP food since 2012', 'not_on_record', NOTHING_THEN],
  ];

  test('with the one reason that decided it', () => {
    const found = computeClaims(access, { asOf, classifier: 'UN' }).map((one) => [
      one.convoyName,
      one.text,
      one.verdict,
      [...new Set(one.because.map(({ type }) => type))].join(' '),
    ]);
    expect(found).toEqual(REVIEWED);
  });
});
