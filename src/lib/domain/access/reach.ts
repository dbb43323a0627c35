import type { Bounds } from '../dates/between.ts';
import { type Day, dayToIso, monthIndexOf, spanOfMonth } from '../dates/day.ts';
import { figureBounds } from '../figures/figure.ts';
import { toPeople } from '../figures/people.ts';
import type { AccessStatusValue } from '../records/vocabularies.ts';
import type { AccessRecords, DatedStop } from './access-records.ts';
import { largestPeople, type PeopleSet } from './people-sets.ts';
import {
  type Denominator,
  denominatorFrom,
  entriesByLocality,
  entryOn,
  entriesOfSeries,
  type PopulationEntry,
} from './populations.ts';
import { Remembered, SameLists } from './remembered.ts';
import {
  type StatusMonth,
  statusMonths,
  type StatusMonthsMemory,
  statusMonthsMemory,
} from './status-months.ts';
import { registerOf } from './statuses.ts';

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

/** Deliveries to places that are not named are to one and the same place that nobody knows. */
const NAMELESS: readonly string[] = [''];

function monthReach(
  stops: readonly DatedStop[],
  measure: Measure,
  householdSize: number | undefined,
  population: Denominator | null,
  caveats: ReachCaveat[],
): MonthReach {
  const counted: PeopleSet[] = [];
  for (const stop of stops) {
    const found = peopleOf(stop, measure, householdSize);
    if (!found) continue;
    const localities = stop.localities.length > 0 ? stop.localities : NAMELESS;
    counted.push({
      stop: stop.id,
      otherThan: stop.otherPeopleThan,
      localities,
      people: found.people,
    });
    caveats.push(...found.caveats);
  }
  const entryOf = new Map<string, PopulationEntry>();
  for (const entry of population?.overlaps.length === 0 ? population.entries : []) {
    for (const locality of entry.localities) entryOf.set(locality, entry);
  }
  const without = new Set(population?.without);
  const withPopulation = counted.filter(({ localities }) =>
    localities.every((locality) => !without.has(locality)),
  );
  const totalOf = (sets: readonly PeopleSet[]): Bounds | null => {
    const { people, cappedAt, isBounded } = largestPeople(sets, entryOf);
    for (const record of cappedAt) {
      caveats.push({ type: 'capped_at_population', population: record });
    }
    if (isBounded) caveats.push({ type: 'too_many_overlaps' });
    return people;
  };
  const people = totalOf(counted);
  const isAll = withPopulation.length === counted.length;
  const peopleWithPopulation = population && (isAll ? people : totalOf(withPopulation));
  const of = population?.people ?? null;
  const isShare = of !== null && of[0] > 0 && peopleWithPopulation !== null;
  return {
    people,
    peopleWithPopulation,
    share: isShare ? [peopleWithPopulation[0] / of[1], peopleWithPopulation[1] / of[0]] : null,
    withoutNumber: stops.length - counted.length,
    from: counted.map(({ stop }) => stop),
  };
}

function uniqueOf(caveats: readonly ReachCaveat[]): readonly ReachCaveat[] {
  const byText = new Map(caveats.map((caveat) => [JSON.stringify(caveat), caveat]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, caveat]) => caveat);
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

function reachOfMonth(
  inMonth: readonly DatedStop[],
  { month, day, holding, unclear }: StatusMonth,
  figures: Figures,
  { asOf, since, status, householdSize }: ReachOptions,
): ReachMonth {
  const isAny = status === 'any';
  const caveats: ReachCaveat[] = [];
  if (unclear.length > 0) caveats.push({ type: 'status_unclear', localities: unclear });
  const listed = new Set(holding);
  const isCounted = ({ date, localities }: DatedStop): boolean =>
    date.latest >= since &&
    (isAny || (localities.length > 0 && localities.every((locality) => listed.has(locality))));
  const stops = inMonth.filter(isCounted);
  for (const stop of stops) {
    const { date } = stop;
    if (date.earliest !== date.latest || date.approximate) {
      caveats.push(...dateCaveats(stop, asOf));
    }
  }
  const population = isAny ? null : denominatorFrom(holding, figures);
  for (const records of population?.overlaps ?? []) {
    caveats.push({ type: 'overlapping_populations', records });
  }
  if (population && population.without.length > 0) {
    caveats.push({ type: 'no_population', localities: population.without });
  }
  return {
    definition: 'indicator 4',
    month: dayToIso(spanOfMonth(month).earliest).slice(0, 7),
    day,
    reached: monthReach(stops, 'reached', householdSize, population, caveats),
    intended: monthReach(stops, 'intended', householdSize, population, caveats),
    deliveries: stops.length,
    population,
    caveats: uniqueOf(caveats),
  };
}

/** The latest figure of each place that holds the status. */
type Figures = readonly (PopulationEntry | undefined)[];

/** What is remembered between two calls of `computeReach`. */
export interface ReachMemory {
  readonly places: StatusMonthsMemory;
  readonly series: Remembered<readonly PopulationEntry[]>;
  readonly entries: Remembered<PopulationEntry | null>;
  readonly figures: Remembered<readonly Figures[]>;
  readonly sameFigures: SameLists<PopulationEntry | undefined>;
  readonly running: SameLists<DatedStop>;
  readonly months: Remembered<ReachMonth>;
}

export const reachMemory = (): ReachMemory => ({
  places: statusMonthsMemory(),
  series: new Remembered(),
  entries: new Remembered(),
  figures: new Remembered(),
  sameFigures: new SameLists(),
  running: new SameLists(),
  months: new Remembered(),
});

const NO_STOPS: readonly DatedStop[] = [];

/**
 * People reached and people intended, month by month from `since` to the as-of date, in places that
 * hold a status at the month's end (indicator 4). Nobody is counted twice within a month. With the
 * `memory` of an earlier call only months are computed anew in which a stop, a place that holds the
 * status, or a population changed.
 */
export function computeReach(
  { dataset, registers, months }: Pick<AccessRecords, 'dataset' | 'registers' | 'months'>,
  options: ReachOptions,
  memory = reachMemory(),
): readonly ReachMonth[] {
  const { asOf, since, status, classifier, series, householdSize } = options;
  const register = registerOf(registers, classifier);
  const entries = memory.series.get('', [dataset.population, series, householdSize], () =>
    entriesOfSeries(dataset, options, memory.entries),
  );
  const places = statusMonths(register, options, memory.places);
  const figures = memory.figures.get('', [entries, places], () => {
    const byLocality = entriesByLocality(entries);
    return places.map(({ month, day, holding }) =>
      memory.sameFigures.of(
        month,
        holding.map((locality) => entryOn(byLocality.get(locality), day)),
      ),
    );
  });
  const lastMonth = monthIndexOf(asOf);
  return places.map((place, i) => {
    const { month, holding, unclear } = place;
    const stops =
      month === lastMonth
        ? memory.running.of('', stopsOfRunningMonth(months, asOf))
        : (months.get(month) ?? NO_STOPS);
    const counted = figures[i]!;
    const inputs = [stops, holding, unclear, counted, status, since, asOf, householdSize];
    return memory.months.get(month, inputs, () => reachOfMonth(stops, place, counted, options));
  });
}

/**
 * Stops whose latest day lies in the as-of date's month, and those that reach past the as-of date:
 * cut there, they are of this month too.
 */
function stopsOfRunningMonth(months: AccessRecords['months'], asOf: Day): readonly DatedStop[] {
  const running = monthIndexOf(asOf);
  const stops: DatedStop[] = [];
  for (const [month, ofMonth] of months) {
    if (month < running) continue;
    for (const stop of ofMonth) if (stop.date.earliest <= asOf) stops.push(stop);
  }
  return stops;
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
  /** Ids of the stops, those without a number as well. */
  readonly from: readonly string[];
}

/** The sum over the delivered stops from `since` to the as-of date (indicator 5). */
export function computePeopleDeliveries(
  access: AccessRecords,
  { asOf, since, householdSize }: Pick<ReachOptions, 'asOf' | 'since' | 'householdSize'>,
): PeopleDeliveries {
  const stops = [...access.months.values()]
    .flat()
    .filter(({ date }) => date.earliest <= asOf && date.latest >= since);
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
    from: stops.map(({ id }) => id).sort(),
  };
}
