import type { Day } from '#lib/domain/dates/day.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import type { Dataset, Population } from '#lib/domain/records/dataset.ts';

/**
 * People of each place by its newest count, of one series where one is chosen, where that names this place alone and gives a number of
 * people, exact or about: a count shared with others, a bound or families say nothing of its size.
 */
export function peopleByPlace(
  dataset: Dataset,
  asOf: Day,
  series: string | null = null,
): ReadonlyMap<string, number> {
  const people = new Map<string, number>();
  for (const [locality, { localities, people: figure }] of newestPopulations(dataset, asOf, {
    series,
  })) {
    const isNumber = figure.q === '=' || figure.q === '~';
    const isPeople = figure.unit === undefined || figure.unit === 'people';
    if (localities?.length === 1 && isNumber && isPeople) people.set(locality, figure.n);
  }
  return people;
}

/** The newest count that names this place, alone or with others, not after the as-of date. */
export function newestPopulation(
  dataset: Dataset,
  locality: string,
  asOf: Day,
): Population | undefined {
  return newestPopulations(dataset, asOf, { only: locality }).get(locality);
}

interface Wanted {
  /** One place alone. */
  readonly only?: string;
  /** Who counts, compared without case; null: anybody. */
  readonly series?: string | null;
}

/** By the places that they name. */
function newestPopulations(
  dataset: Dataset,
  asOf: Day,
  { only, series = null }: Wanted,
): ReadonlyMap<string, Population> {
  const newest = new Map<string, { readonly at: Day; readonly population: Population }>();
  const wanted = series?.trim().toLowerCase();
  for (const population of dataset.population.values()) {
    if (wanted !== undefined && population.series.trim().toLowerCase() !== wanted) continue;
    const named = (population.localities ?? []).filter((id) => only === undefined || id === only);
    if (named.length === 0) continue;
    const date = parsePartialDate(population.asOf);
    if (!date.ok || date.value.latest > asOf) continue;
    const at = date.value.latest;
    for (const locality of named) {
      const best = newest.get(locality);
      const isNewer = !best || at > best.at;
      const isSame = best?.at === at && population.id < best.population.id;
      if (isNewer || isSame) newest.set(locality, { at, population });
    }
  }
  return new Map([...newest].map(([locality, { population }]) => [locality, population]));
}
