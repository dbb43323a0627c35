import type { Day } from '#lib/domain/dates/day.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import type { Dataset, Population } from '#lib/domain/records/dataset.ts';

/** The newest count that names this place, alone or with others, not after the as-of date. */
export function newestPopulation(
  dataset: Dataset,
  locality: string,
  asOf: Day,
): Population | undefined {
  let newest: { readonly at: Day; readonly population: Population } | undefined;
  for (const population of dataset.population.values()) {
    if (!population.localities?.includes(locality)) continue;
    const date = parsePartialDate(population.asOf);
    if (!date.ok || date.value.latest > asOf) continue;
    const isNewer = !newest || date.value.latest > newest.at;
    const isSame = newest?.at === date.value.latest;
    if (isNewer || (isSame && population.id < (newest?.population.id ?? ''))) {
      newest = { at: date.value.latest, population };
    }
  }
  return newest?.population;
}
