import type { Bounds } from '../dates/between.ts';
import type { Day } from '../dates/day.ts';
import { comparePartialDates, type PartialDate } from '../dates/partial-date.ts';
import { figureBounds } from '../figures/figure.ts';
import { toPeople } from '../figures/people.ts';
import type { Dataset, Population } from '../records/dataset.ts';
import { dateOf } from './agreement.ts';
import { Remembered } from './remembered.ts';

/** A published number of people of one place, or of several together. */
export interface PopulationEntry {
  readonly record: string;
  readonly localities: readonly string[];
  readonly asOf: PartialDate;
  readonly people: Bounds;
  readonly householdSize: number | null;
}

/** The people of a list of places by one series: what a share is a share of (indicator 4). */
export interface Denominator {
  readonly entries: readonly PopulationEntry[];
  /** null where entries of different sets of places overlap: nobody knows how many they are. */
  readonly people: Bounds | null;
  /** Pairs of entries that overlap. */
  readonly overlaps: readonly (readonly [string, string])[];
  /** Places without a figure, or with one that only counts them with places not on the list. */
  readonly without: readonly string[];
}

export interface SeriesOptions {
  readonly series: string;
  readonly householdSize?: number | undefined;
}

function entryOf(
  population: Population,
  householdSize: number | undefined,
): PopulationEntry | null {
  const asOf = dateOf(population.asOf);
  const localities = [...new Set(population.localities ?? [])].sort();
  const people = toPeople(population.people, householdSize);
  if (!asOf || localities.length === 0 || !people.ok) return null;
  const { min, max } = figureBounds(people.value.figure);
  return {
    record: population.id,
    localities,
    asOf,
    people: [min, max ?? min],
    householdSize: people.value.householdSize,
  };
}

const compareEntries = (a: PopulationEntry, b: PopulationEntry): number =>
  comparePartialDates(a.asOf, b.asOf) || (a.record < b.record ? -1 : 1);

/** The entries of one series (compared without case) that name their places, in order of date. */
export function populationEntries(
  dataset: Pick<Dataset, 'population'>,
  options: SeriesOptions,
): readonly PopulationEntry[] {
  return entriesOfSeries(dataset, options).sort(compareEntries);
}

/**
 * The same in no order. With what was `remembered` of an earlier call entries of the same records
 * are the same.
 */
export function entriesOfSeries(
  { population }: Pick<Dataset, 'population'>,
  { series, householdSize }: SeriesOptions,
  remembered = new Remembered<PopulationEntry | null>(),
): PopulationEntry[] {
  const wanted = series.trim().toLowerCase();
  const entries: PopulationEntry[] = [];
  for (const one of population.values()) {
    const entry = remembered.get(one.id, [one, wanted, householdSize], () =>
      one.series.trim().toLowerCase() === wanted && one.kind !== 'in_need'
        ? entryOf(one, householdSize)
        : null,
    );
    if (entry) entries.push(entry);
  }
  return entries;
}

/** Entries by the localities that they count, each list in order of date. */
export function entriesByLocality(
  entries: readonly PopulationEntry[],
): ReadonlyMap<string, readonly PopulationEntry[]> {
  const found = new Map<string, PopulationEntry[]>();
  for (const entry of entries) {
    for (const locality of entry.localities) {
      const others = found.get(locality);
      if (others) others.push(entry);
      else found.set(locality, [entry]);
    }
  }
  for (const list of found.values()) list.sort(compareEntries);
  return found;
}

/** Of one locality's entries the latest one not after a day. */
export const entryOn = (
  entries: readonly PopulationEntry[] | undefined,
  day: Day,
): PopulationEntry | undefined => entries?.findLast((entry) => entry.asOf.latest <= day);

/**
 * The people of these places on a day: each place by its latest figure not after it, figures for
 * several places once, and only where all of them are on the list.
 */
export function denominatorOf(
  entries: readonly PopulationEntry[],
  places: readonly string[],
  day: Day,
): Denominator {
  const byLocality = entriesByLocality(entries);
  return denominatorFrom(
    places,
    places.map((place) => entryOn(byLocality.get(place), day)),
  );
}

/** The same from the figure of each place (see `entryOn`), one a place. */
export function denominatorFrom(
  places: readonly string[],
  figures: readonly (PopulationEntry | undefined)[],
): Denominator {
  const listed = new Set(places);
  const without: string[] = [];
  const used = new Set<PopulationEntry>();
  for (const [i, place] of places.entries()) {
    const entry = figures[i];
    if (entry?.localities.every((locality) => listed.has(locality))) used.add(entry);
    else without.push(place);
  }
  const chosen = [...used];
  const overlaps = overlapsOf(chosen);
  const sum = (end: 0 | 1): number => chosen.reduce((total, { people }) => total + people[end], 0);
  const isKnown = chosen.length > 0 && overlaps.length === 0;
  return { entries: chosen, people: isKnown ? [sum(0), sum(1)] : null, overlaps, without };
}

/** Pairs of entries with a common locality, each once, in the order in which they were given. */
function overlapsOf(entries: readonly PopulationEntry[]): readonly (readonly [string, string])[] {
  const at = new Map<string, PopulationEntry[]>();
  const pairs = new Map<string, readonly [string, string]>();
  for (const entry of entries) {
    for (const locality of entry.localities) {
      const others = at.get(locality);
      if (!others) {
        at.set(locality, [entry]);
        continue;
      }
      for (const { record } of others) {
        pairs.set(`${record} ${entry.record}`, [record, entry.record]);
      }
      others.push(entry);
    }
  }
  return [...pairs.values()];
}
