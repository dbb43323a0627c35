import { type Chart, releaseChart, type ReleasedChart } from '#lib/charts/prepare/chart.ts';
import type { TimelineMilestone } from '#lib/charts/prepare/timeline-input.ts';
import type { LensResults } from '#lib/client/state/lens-results.svelte.ts';
import type { ReportFigure } from '#lib/client/state/released-report.ts';
import type { PlaceRow } from '#lib/client/state/views.ts';
import type { Reader } from '#lib/statements/render.ts';
import { coverageCharts } from '../access/coverage-charts.ts';
import { isOnRecord } from '../access/place-rows.ts';
import { reachOfMonths } from '../access/reach-of-months.ts';
import { longestEnded, longestEndedOf, longestWait } from '../access/waits-text.ts';
import { placesChart } from '../chart/places-chart.ts';

/** Rows that the first A4 page holds below the title: a picture is never cut between two pages. */
const MOST_PLACES = 12;
const MOST_MONTHS = 12;

export interface FiguresInput {
  readonly results: LensResults;
  readonly milestones: readonly TimelineMilestone[];
  readonly sourceName: (id: string) => string;
  /** The last line of each. */
  readonly source: string;
}

/**
 * The charts of a report in the reader's language: the waits lead, the others stand below the section
 * that they show.
 */
export function reportFigures(
  { results, milestones, sourceName, source }: FiguresInput,
  reader: Reader,
): readonly ReportFigure<ReleasedChart>[] {
  const { asOf, since } = results.choice;
  const { basis } = results;
  const figures: ReportFigure<Chart>[] = [];
  const ended = longestEnded(results, reader, sourceName);
  // what the title speaks of is in the picture, however short its wait is now
  const named = new Set(ended === null ? [] : longestEndedOf(results)?.localities);
  const rows = [...results.rows.filter(isOnRecord)].sort(
    (a, b) => Number(named.has(b.locality.id)) - Number(named.has(a.locality.id)),
  );
  const finding = ended ?? longestWait(results, reader) ?? reader.language.t('places.headlineNone');
  const makeWaits = (of: readonly PlaceRow[]): Chart =>
    placesChart({ rows: of, milestones, asOf, since, basis, finding, caveats: [], source }, reader);
  if (rows.length > 0) {
    const chart = firstOf(rows, MOST_PLACES, makeWaits, reader);
    figures.push({ section: null, chart });
  }
  for (const { chart } of coverageCharts(results, { source, milestones }, reader)) {
    if (chart.table.rows.length > 0) figures.push({ section: 'coverage', chart });
  }
  const makeReach = reachOfMonths(results, { source, milestones }, reader);
  const months = results.reach;
  if (months.some(({ deliveries }) => deliveries > 0)) {
    figures.push({ section: 'reach', chart: makeReach(months.slice(-MOST_MONTHS)) });
  }
  return figures.flatMap(({ section, chart }) => {
    const released = releaseChart(chart);
    return released.ok ? [{ section, chart: released.value }] : [];
  });
}

/** The first rows, and how many there are in all: the report has neither its table nor its file. */
function firstOf<Row>(
  rows: readonly Row[],
  shown: number,
  make: (rows: readonly Row[]) => Chart,
  { language }: Reader,
): Chart {
  const chart = make(rows.slice(0, shown));
  if (rows.length <= shown) return chart;
  const drawn = language.t('report.drawnOf', { shown, count: rows.length });
  return { ...chart, caveats: [drawn, ...chart.caveats] };
}
