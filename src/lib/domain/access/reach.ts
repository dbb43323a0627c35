import type { Bounds } from '../dates/between.ts';
import { type Day, dayToIso, monthIndexOf, spanOfMonth } from '../dates/day.ts';
import { figureBounds } from '../figures/figure.ts';
import { toPeople } from '../figures/people.ts';
import type { AccessStatusValue } from '../records/vocabularies.ts';
import type { AccessRecords, DatedStop } from './access-records.ts';
import { largestDisjointTotal } from './disjoint-sets.ts';
import {
  type Denominator,
  denominatorOf,
  populationEntries,
  type PopulationEntry,
} from './populations.ts';
import { statusOn, statusRegister } from './statuses.ts';

export type Measure = 'reached' | 'intended';

/** What has to be said beside a month's numbers. */
export type ReachCaveat =
  | { readonly type: 'possible_month'; readonly stop: string }
  | { readonly type: 'approximate_date'; readonly date: string }
  | { readonly type: 'number_from_earlier_stage_or_part'; readonly stop: string }
  | { readonly type: 'about_or_open_number'; readonly stop: string }
  | { readonly type: 'household_size'; readonly size: number }
  | { readonly type: 'capped_at_population'; readonly population: string }
  | { readonly type: 'too_many_overlaps' }
  | { readonly type: 'overlapping_populations'; readonly records: readonly [string, string] }
  | { readonly type: 'no_population'; readonly localities: readonly string[] }
  | { readonly type: 'status_unclear'; readonly localities: readonly string[] };

/** People of one month by one measure. */
export interface MonthReach {
  /** null: no delivery of the month gives a number, which is never none. */
  readonly people: Bounds | null;
  /** The same of places with a population only: the numerator of the share. */
  readonly peopleWithPopulation: Bounds | null;
  readonly share: Bounds | null;
  /** How many of the month's deliveries give no number. */
  readonly withoutNumber: number;
  readonly from: readonly string[];
}

/** Indicator 4 of one month. */
export interface ReachMonth {
  readonly definition: 'indicator 4';
  /** `2016-02` */
  readonly month: string;
  /** The day on which places have to hold the status: the month's last, or the as-of date. */
  readonly day: Day;
  readonly reached: MonthReach;
  readonly intended: MonthReach;
  readonly deliveries: number;
  readonly population: Denominator | null;
  readonly caveats: readonly ReachCaveat[];
}

export interface ReachOptions {
  readonly asOf: Day;
  readonly since: Day;
  /** `any`: every stop counts, and there is no population. */
  readonly status: AccessStatusValue | 'any';
  readonly classifier: string;
  readonly series: string;
  readonly householdSize?: number | undefined;
}

interface People {
  readonly stop: DatedStop;
  readonly localities: readonly string[];
  readonly people: Bounds;
}

/** The people of a stop by a measure, with what has to be said about the number. */
function peopleOf(
  stop: DatedStop,
  measure: Measure,
  householdSize: number | undefined,
): { readonly people: Bounds; readonly caveats: readonly ReachCaveat[] } | null {
  const number = stop.people[measure];
  if (!number) return null;
  const people = toPeople(number.value, householdSize);
  if (!people.ok) return null;
  const { figure, householdSize: size } = people.value;
  const { min, max } = figureBounds(figure);
  const caveats: ReachCaveat[] = [];
  if (number.fromEarlierStageOrPart) {
    caveats.push({ type: 'number_from_earlier_stage_or_part', stop: stop.id });
  }
  if (figure.q === '~' || figure.q === '>' || figure.q === '<') {
    caveats.push({ type: 'about_or_open_number', stop: stop.id });
  }
  if (size !== null) caveats.push({ type: 'household_size', size });
  return { people: [min, max ?? min], caveats };
}

/** A tranche for other people adds to the delivery that it names; together they are one set. */
function joinTranches(all: readonly People[]): People[] {
  const byStop = new Map(all.map((one) => [one.stop.id, one]));
  const firstOf = (one: People): string => {
    const seen = new Set<string>();
    let current = one;
    for (;;) {
      const next = byStop.get(current.stop.otherPeopleThan ?? '');
      if (!next || seen.has(current.stop.id)) return current.stop.id;
      seen.add(current.stop.id);
      current = next;
    }
  };
  const groups = new Map<string, People>();
  for (const one of all) {
    const first = firstOf(one);
    const known = groups.get(first);
    if (!known) groups.set(first, one);
    else {
      const [min, max] = known.people;
      groups.set(first, {
        stop: known.stop,
        localities: [...new Set([...known.localities, ...one.localities])],
        people: [min + one.people[0], max + one.people[1]],
      });
    }
  }
  return [...groups.values()];
}

/** A total over disjoint sets, with those within one population entry capped at it. */
function largestTotal(
  all: readonly People[],
  end: 0 | 1,
  entries: readonly PopulationEntry[],
  caveats: ReachCaveat[],
): Bounds {
  const sets = all.map(({ localities, people }) => ({ localities, weight: people[end] }));
  const { total, chosen, isBounded } = largestDisjointTotal(sets);
  if (isBounded) caveats.push({ type: 'too_many_overlaps' });
  let over = 0;
  for (const entry of entries) {
    const own = new Set(entry.localities);
    const within = chosen.filter((i) => all[i]!.localities.every((locality) => own.has(locality)));
    const sum = within.reduce((people, i) => people + all[i]!.people[end], 0);
    if (sum <= entry.people[1]) continue;
    over += sum - entry.people[1];
    caveats.push({ type: 'capped_at_population', population: entry.record });
  }
  return [total[0] - over, total[1] - over];
}

function monthReach(
  stops: readonly DatedStop[],
  measure: Measure,
  options: ReachOptions,
  population: Denominator | null,
  caveats: ReachCaveat[],
): MonthReach {
  const counted: People[] = [];
  for (const stop of stops) {
    const found = peopleOf(stop, measure, options.householdSize);
    if (!found) continue;
    counted.push({ stop, localities: stop.localities, people: found.people });
    caveats.push(...found.caveats);
  }
  const entries = population?.overlaps.length === 0 ? population.entries : [];
  const totalOf = (all: readonly People[]): Bounds | null => {
    if (all.length === 0) return null;
    const joined = joinTranches(all);
    const least = largestTotal(joined, 0, entries, caveats);
    return [least[0], Math.max(least[1], largestTotal(joined, 1, entries, caveats)[1])];
  };
  const without = new Set(population?.without);
  const withPopulation = counted.filter(({ localities }) =>
    localities.every((locality) => !without.has(locality)),
  );
  const peopleWithPopulation = population ? totalOf(withPopulation) : null;
  const of = population?.people ?? null;
  const isShare = of !== null && of[0] > 0 && peopleWithPopulation !== null;
  return {
    people: totalOf(counted),
    peopleWithPopulation,
    share: isShare ? [peopleWithPopulation[0] / of[1], peopleWithPopulation[1] / of[0]] : null,
    withoutNumber: stops.length - counted.length,
    from: counted.map(({ stop }) => stop.id),
  };
}

function uniqueOf(caveats: readonly ReachCaveat[]): readonly ReachCaveat[] {
  const byText = new Map(caveats.map((caveat) => [JSON.stringify(caveat), caveat]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, caveat]) => caveat);
}

/** Every delivered and dated stop once, by the month that holds its latest day not after as-of. */
function stopsByMonth({ convoys }: AccessRecords, asOf: Day): Map<number, DatedStop[]> {
  const months = new Map<number, DatedStop[]>();
  for (const convoy of convoys.values()) {
    for (const stop of convoy.stops) {
      if (!stop.delivered || !stop.date || stop.date.earliest > asOf) continue;
      const month = monthIndexOf(Math.min(stop.date.latest, asOf));
      months.set(month, [...(months.get(month) ?? []), stop as DatedStop]);
    }
  }
  return months;
}

function dateCaveats(stop: DatedStop, asOf: Day): readonly ReachCaveat[] {
  const { earliest, latest, approximate, edtf } = stop.date;
  const caveats: ReachCaveat[] = [];
  if (monthIndexOf(earliest) !== monthIndexOf(latest) || latest > asOf) {
    caveats.push({ type: 'possible_month', stop: stop.id });
  }
  if (approximate) caveats.push({ type: 'approximate_date', date: edtf });
  return caveats;
}

/**
 * People reached and people intended, month by month from `since` to the as-of date, in places that
 * hold a status at the month's end (indicator 4). Nobody is counted twice within a month.
 */
export function computeReach(access: AccessRecords, options: ReachOptions): readonly ReachMonth[] {
  const { asOf, since, status, classifier } = options;
  const { dataset } = access;
  const isAny = status === 'any';
  const register = statusRegister(dataset, classifier);
  const entries = isAny ? [] : populationEntries(dataset, options);
  const byMonth = stopsByMonth(access, asOf);
  const months: ReachMonth[] = [];
  for (let index = monthIndexOf(since); index <= monthIndexOf(asOf); index++) {
    const span = spanOfMonth(index);
    const day = Math.min(span.latest, asOf);
    const caveats: ReachCaveat[] = [];
    const holding: string[] = [];
    const unclear: string[] = [];
    for (const [locality, statements] of isAny ? [] : register) {
      const { possible } = statusOn(statements, day);
      if (!possible.some((one) => one === status)) continue;
      (possible.length === 1 ? holding : unclear).push(locality);
    }
    if (unclear.length > 0) caveats.push({ type: 'status_unclear', localities: unclear });
    const listed = new Set(holding);
    const stops = (byMonth.get(index) ?? []).filter(
      (stop) =>
        stop.date.latest >= since &&
        (isAny || stop.localities.every((locality) => listed.has(locality))),
    );
    for (const stop of stops) caveats.push(...dateCaveats(stop, asOf));
    const population = isAny ? null : denominatorOf(entries, holding, day);
    for (const records of population?.overlaps ?? []) {
      caveats.push({ type: 'overlapping_populations', records });
    }
    if (population && population.without.length > 0) {
      caveats.push({ type: 'no_population', localities: population.without });
    }
    months.push({
      definition: 'indicator 4',
      month: dayToIso(span.earliest).slice(0, 7),
      day,
      reached: monthReach(stops, 'reached', options, population, caveats),
      intended: monthReach(stops, 'intended', options, population, caveats),
      deliveries: stops.length,
      population,
      caveats: uniqueOf(caveats),
    });
  }
  return months;
}

/** Indicator 5: people of all deliveries added up. Whoever was reached twice is in it twice. */
export interface PeopleDeliveries {
  readonly definition: 'indicator 5';
  readonly includesRepeats: true;
  readonly reached: Bounds | null;
  readonly intended: Bounds | null;
  readonly deliveries: number;
  readonly withoutNumber: Readonly<Record<Measure, number>>;
  readonly caveats: readonly ReachCaveat[];
}

/** The sum over the delivered stops from `since` to the as-of date (indicator 5). */
export function computePeopleDeliveries(
  access: AccessRecords,
  { asOf, since, householdSize }: Pick<ReachOptions, 'asOf' | 'since' | 'householdSize'>,
): PeopleDeliveries {
  const stops = [...stopsByMonth(access, asOf).values()]
    .flat()
    .filter((stop) => stop.date.latest >= since);
  const caveats: ReachCaveat[] = [];
  for (const { date, id } of stops) {
    if (date.earliest < since || date.latest > asOf) {
      caveats.push({ type: 'possible_month', stop: id });
    }
  }
  const sumOf = (measure: Measure): { sum: Bounds | null; without: number } => {
    const numbers = stops.flatMap((stop) => peopleOf(stop, measure, householdSize) ?? []);
    caveats.push(...numbers.flatMap((number) => number.caveats));
    const sum = numbers.reduce<Bounds>(
      ([min, max], { people }) => [min + people[0], max + people[1]],
      [0, 0],
    );
    return { sum: numbers.length === 0 ? null : sum, without: stops.length - numbers.length };
  };
  const reached = sumOf('reached');
  const intended = sumOf('intended');
  return {
    definition: 'indicator 5',
    includesRepeats: true,
    reached: reached.sum,
    intended: intended.sum,
    deliveries: stops.length,
    withoutNumber: { reached: reached.without, intended: intended.without },
    caveats: uniqueOf(caveats),
  };
}
