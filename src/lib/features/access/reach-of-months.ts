import type { Chart } from '#lib/charts/prepare/chart.ts';
import { reachChart } from '#lib/charts/prepare/reach-chart.ts';
import type { LensResults } from '#lib/client/state/lens-results.svelte.ts';
import {
  findingOfReach,
  monthSentences,
  peopleDeliveriesSentences,
} from '#lib/statements/reach.ts';
import { type Reader, renderAlone } from '#lib/statements/render.ts';
import type { Sentence } from '#lib/statements/sentence.ts';
import type { Beside } from './coverage-charts.ts';
import { unknownKind } from './lens-caveats.ts';

type Months = LensResults['reach'];

/** Makes the chart of people reached of some of the months; its words are those of all of them. */
export function reachOfMonths(
  results: LensResults,
  { source, milestones }: Beside,
  reader: Reader,
): (months: Months) => Chart {
  const { asOf, since, status, classifier, series, area, deliveries: lens } = results.choice;
  const scope = { status, classifier, series: series ?? '', area, lens };
  const say = (sentence: Sentence): string => `${renderAlone(sentence, reader)}.`;
  const finding = renderAlone(findingOfReach(results.reach, scope), reader);
  const last = results.reach.at(-1);
  const caveats = [
    ...(last ? monthSentences(last, scope).map(say) : []),
    ...peopleDeliveriesSentences(results.peopleDeliveries, since, asOf, scope).map(say),
    ...unknownKind(results, reader),
  ].filter((line) => line !== `${finding}.`);
  const said = { asOf, basis: results.basis, finding, caveats, source, milestones };
  return (months) => reachChart(months, scope, said, reader);
}
