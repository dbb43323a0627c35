import type { Chart } from '#lib/charts/prepare/chart.ts';
import { coverageChart } from '#lib/charts/prepare/coverage-chart.ts';
import type { Said } from '#lib/charts/prepare/said.ts';
import type { LensResults } from '#lib/client/state/lens-results.svelte.ts';
import { findingOfCoverage } from '#lib/statements/coverage.ts';
import { publishedTotalSentences } from '#lib/statements/published-totals.ts';
import { type Reader, renderAlone } from '#lib/statements/render.ts';
import { milestonesNote } from '../chart/milestones.ts';

/** What stands beside every chart of a screen. */
export type Beside = Required<Pick<Said, 'source' | 'milestones'>>;

/** Coverage of each status that the lens asks for, with what was published for it beside. */
export const coverageCharts = (
  { coverage, publishedTotals, choice, basis }: LensResults,
  { source, milestones }: Beside,
  reader: Reader,
): readonly { readonly status: string; readonly chart: Chart }[] =>
  coverage.map((found) => {
    const published = publishedTotals.filter(({ status }) => status === found.status);
    const said = {
      asOf: choice.asOf,
      basis,
      finding: renderAlone(findingOfCoverage(found, choice.area), reader),
      caveats: [
        ...publishedTotalSentences(published).map((one) => `${renderAlone(one, reader)}.`),
        ...milestonesNote(milestones, choice, reader),
      ],
      source,
    };
    return { status: found.status, chart: coverageChart(found, said, reader) };
  });
