import type { Bounds } from '../dates/between.ts';
import type { Day } from '../dates/day.ts';
import { comparePartialDates, type PartialDate } from '../dates/partial-date.ts';
import { figureBounds } from '../figures/figure.ts';
import { toPeople } from '../figures/people.ts';
import type { Dataset, Population } from '../records/dataset.ts';
import { changedIds, VersionedMap } from '../versioned-map.ts';
import { dateOf } from './agreement.ts';
import { withEntries, withoutEmpty } from './regroup.ts';

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

/** A record as an entry of a series; null where it is of another one, or names no place or date. */
function entryOf(
  population: Population,
  { series, householdSize }: SeriesOptions,
): PopulationEntry | null {
  const isOfSeries = population.series.trim().toLowerCase() === series.trim().toLowerCase();
  if (!isOfSeries || population.kind === 'in_need') return null;
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
  { population }: Pick<Dataset, 'population'>,
  options: SeriesOptions,
): readonly PopulationEntry[] {
  const entries = [...population.values()].flatMap((one) => entryOf(one, options) ?? []);
  return entries.sort(compareEntries);
}

/** Entries by the localities that they count, each list in order of date. */
export type PlaceEntries = ReadonlyMap<string, readonly PopulationEntry[]>;

function entriesByLocality(entries: readonly PopulationEntry[]): PlaceEntries {
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

/** The entries of one series, and the records that they were read from. */
export interface SeriesEntries {
  readonly population: Dataset['population'];
  readonly series: string;
  readonly householdSize: number | undefined;
  readonly byRecord: VersionedMap<PopulationEntry>;
  readonly byLocality: PlaceEntries;
}

/**
 * The entries of one series by locality, from those of earlier records: lists of localities that no
 * changed record counts are the very same.
 */
export function seriesEntries(
  { population }: Pick<Dataset, 'population'>,
  { series, householdSize }: SeriesOptions,
  before: SeriesEntries | null,
): SeriesEntries {
  const isSame = before?.series === series && before.householdSize === householdSize;
  const known = isSame ? before : null;
  if (known?.population === population) return known;
  const byRecord = known?.byRecord ?? VersionedMap.empty;
  const read = new Map<string, PopulationEntry | undefined>();
  const anew = new Map<string, PopulationEntry[]>();
  const listOf = (locality: string): PopulationEntry[] => {
    const list = anew.get(locality) ?? [...(known?.byLocality.get(locality) ?? [])];
    anew.set(locality, list);
    return list;
  };
  for (const id of changedIds(known?.population ?? VersionedMap.empty, population)) {
    const old = byRecord.get(id);
    const record = population.get(id);
    const now = (record && entryOf(record, { series, householdSize })) ?? undefined;
    for (const locality of old?.localities ?? []) {
      const list = listOf(locality);
      list.splice(list.indexOf(old!), 1);
    }
    for (const locality of now?.localities ?? []) listOf(locality).push(now!);
    read.set(id, now);
  }
  for (const list of anew.values()) list.sort(compareEntries);
  return {
    population,
    series,
    householdSize,
    byRecord: byRecord.withChanges(read),
    byLocality: withEntries(known?.byLocality ?? new Map(), withoutEmpty(anew)),
  };
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
