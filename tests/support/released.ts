import { type Chart, releaseChart, type ReleasedChart } from '#lib/charts/prepare/chart.ts';
import { NO_RECORDS } from '#lib/domain/access/access-records.ts';
import { handedOn } from '#lib/domain/access/release.ts';

/** Of records among which nothing is under way. */
export const NOTHING_HELD = handedOn(NO_RECORDS, { today: 0 }).basis;

/** A chart as its files are made of it. */
export function released(chart: Chart): ReleasedChart {
  const result = releaseChart(chart);
  if (!result.ok) throw new Error(result.error.because);
  return result.value;
}
