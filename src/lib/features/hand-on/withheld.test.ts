import { describe, expect, test } from 'vitest';
import { monthsBefore } from '#lib/charts/prepare/month-cells.ts';
import { type Chart, releaseChart } from '#lib/charts/prepare/chart.ts';
import { chartToCsv, chartToText } from '#lib/charts/prepare/chart-csv.ts';
import { disagreementChart } from '#lib/charts/prepare/disagreement-chart.ts';
import { incidentsChart } from '#lib/charts/prepare/incidents-chart.ts';
import { mapChart } from '#lib/charts/prepare/map-chart.ts';
import { monthsChart } from '#lib/charts/prepare/months-chart.ts';
import { removedChart } from '#lib/charts/prepare/removed-chart.ts';
import { answersChart, requestsChart } from '#lib/charts/prepare/requests-chart.ts';
import { supplyChart } from '#lib/charts/prepare/supply-chart.ts';
import { LensResults } from '#lib/client/state/lens-results.svelte.ts';
import { releaseReport } from '#lib/client/state/released-report.ts';
import { buildAccess } from '#lib/domain/access/access-records.ts';
import { everything, handedOn } from '#lib/domain/access/release.ts';
import { dayOf } from '#lib/domain/dates/day.ts';
import { datasetOf, fixtureDataset } from '../../../../tests/support/fixture-dataset.ts';
import { readerOf } from '../../../../tests/support/readers.ts';
import { coverageCharts } from '../access/coverage-charts.ts';
import { reachOfMonths } from '../access/reach-of-months.ts';
import { monthsPlaces } from '../chart/place-lines.ts';
import { placesChart } from '../chart/places-chart.ts';
import { reportFigures } from '../report/report-figures.ts';
import { reportText } from '../report/report-text.ts';

const TODAY = dayOf(2016, 6, 30);
const reader = await readerOf('en');
const files = fixtureDataset(
  ...['localities', 'organisations', 'convoy_reports', 'siege_population'].map((of) => `${of}.csv`),
);
const [duma] = [...files.locality.values()].filter(({ name }) => name === 'Duma');
/** Left this morning: nobody outside may learn of it. */
const SECRET = 'Convoy at dawn';
const dataset = datasetOf(
  {
    secret: ['convoy', { name: SECRET, status: 'departed', date: '2016-06-30' }],
    'secret-stop': ['stop', { convoy: 'secret', localities: [duma!.id], outcome: 'departed' }],
  },
  files,
);
const access = buildAccess(dataset);
const resultsOf = ({ records, basis }: ReturnType<typeof handedOn>): LensResults =>
  new LensResults({ accessRecords: records, householdSize: undefined, basis }, () => ({
    since: dayOf(2016, 1, 1),
    asOf: TODAY,
    classifier: 'UN',
    series: 'UN',
    status: 'besieged',
    area: null,
    deliveries: {},
  }));
const all = resultsOf(everything(access, { today: TODAY }));
const shown = resultsOf(handedOn(access, { today: TODAY }));

const beside = { source: 'source', milestones: [] };
/** Every kind of chart, as its screen makes it. */
function chartsOf(results: LensResults): Readonly<Record<string, Chart>> {
  const { basis, rows } = results;
  const said = { asOf: TODAY, basis, finding: 'found', caveats: [], source: 'source' };
  return {
    waits: placesChart({ ...said, rows, milestones: [] }, reader),
    reach: reachOfMonths(results, beside, reader)(results.reach),
    coverage: coverageCharts(results, beside, reader)[0]!.chart,
    months: monthsChart(
      monthsPlaces(rows, reader),
      monthsBefore(TODAY, 6),
      'deliveries',
      said,
      reader,
    ),
    map: mapChart({ places: [], unplaced: [], country: null, boundaries: [] }, said, reader),
    disagreement: disagreementChart(results.disagreements, said, reader, ({ convoy }) => convoy),
    supply: supplyChart(results.supply, said, reader),
    removed: removedChart(results.removed, said, reader),
    incidents: incidentsChart(results.incidents, said, reader),
  };
}

describe('while a convoy is under way', () => {
  test.each(Object.entries(chartsOf(all)))(
    'no file of the chart of %s is made, and the convoy that keeps it back is named',
    (_, chart) => {
      expect(releaseChart(chart)).toEqual({
        ok: false,
        error: {
          type: 'withheld',
          because: 'under_way',
          heldBy: expect.arrayContaining(['secret']) as unknown,
        },
      });
    },
  );

  test('what is made without it is, and tells nothing of it', () => {
    for (const chart of Object.values(chartsOf(shown))) {
      const released = releaseChart(chart);
      if (!released.ok) throw new Error(chart.kind);
      const written = chartToCsv(released.value) + chartToText(released.value);
      expect(written).not.toContain(SECRET);
      expect(chart.table.rows.flatMap(({ records }) => records)).not.toContain('secret');
    }
  });

  test('the report leaves with its pictures only where it is made without it', () => {
    const input = { milestones: [], sourceName: String, source: 'source' };
    const report = (results: LensResults) => {
      const records = { dataset, convoys: access.convoys, mayReadPlans: false };
      const text = reportText(records, results.sitrep, reader);
      const figures = reportFigures({ ...input, results }, reader);
      return releaseReport({ text, figures, basis: results.basis });
    };
    expect(reportFigures({ ...input, results: all }, reader)).toEqual([]);
    expect(report(all).ok).toBe(false);
    const released = report(shown);
    if (!released.ok) throw new Error(released.error.because);
    expect(released.value.figures.map(({ section }) => section)).toEqual([
      null,
      'coverage',
      'reach',
    ]);
    expect(JSON.stringify(released.value.text)).not.toContain(SECRET);
  });
});

test('charts of requests never leave, whatever else is under way', () => {
  const said = { asOf: TODAY, finding: 'found', caveats: [], source: 'source' };
  for (const chart of [
    requestsChart(shown.requests, said, reader),
    answersChart(shown.requests, said, reader),
  ])
    expect(releaseChart(chart)).toMatchObject({ error: { because: 'movements' } });
});
