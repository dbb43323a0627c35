import type { Bounds } from '../dates/between.ts';
import { type Day, dayToIso, monthIndexOf, spanOfMonth } from '../dates/day.ts';
import type { AccessStatusValue } from '../records/vocabularies.ts';
import type { AccessRecords, DatedStop } from './access-records.ts';
import {
  countedInMonth,
  type CountedMonth,
  type CountedPeople,
  type Measure,
  peopleOf,
  type ReachCaveat,
} from './counted-people.ts';
import {
  type Figures,
  monthFigures,
  type MonthFiguresMemory,
  monthFiguresMemory,
} from './month-figures.ts';
import { choosePeople, largestPeople, type PeopleChoice } from './people-sets.ts';
import { type Denominator, denominatorFrom, type PopulationEntry } from './populations.ts';
import { Remembered, SameLists } from './remembered.ts';
import {
  type StatusMonth,
  statusMonths,
  type StatusMonthsMemory,
  statusMonthsMemory,
} from './status-months.ts';
import { registerOf } from './status-registers.ts';

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

function monthReach(
  { choice, withoutNumber, from }: CountedPeople,
  choiceWithPopulation: PeopleChoice,
  { population, entryOf }: MonthPopulation,
  caveats: ReachCaveat[],
): MonthReach {
  const totalOf = (one: PeopleChoice): Bounds | null => {
    const { people, cappedAt, isBounded } = largestPeople(one, entryOf);
    for (const record of cappedAt) {
      caveats.push({ type: 'capped_at_population', population: record });
    }
    if (isBounded) caveats.push({ type: 'too_many_overlaps' });
    return people;
  };
  const people = totalOf(choice);
  const isAll = choiceWithPopulation === choice;
  const peopleWithPopulation = population && (isAll ? people : totalOf(choiceWithPopulation));
  const of = population?.people ?? null;
  const isShare = of !== null && of[0] > 0 && peopleWithPopulation !== null;
  return {
    people,
    peopleWithPopulation,
    share: isShare ? [peopleWithPopulation[0] / of[1], peopleWithPopulation[1] / of[0]] : null,
    withoutNumber,
    from,
  };
}

function uniqueOf(caveats: readonly ReachCaveat[]): readonly ReachCaveat[] {
  const byText = new Map(caveats.map((caveat) => [JSON.stringify(caveat), caveat]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, caveat]) => caveat);
}

/** What the people of a month are held against. */
interface MonthPopulation {
  readonly population: Denominator | null;
  /** The entry that counts a locality; none where entries overlap. */
  readonly entryOf: ReadonlyMap<string, PopulationEntry>;
}

function populationOfMonth(holding: readonly string[], figures: Figures): MonthPopulation {
  const population = denominatorFrom(holding, figures);
  const entryOf = new Map<string, PopulationEntry>();
  for (const entry of population.overlaps.length === 0 ? population.entries : []) {
    for (const locality of entry.localities) entryOf.set(locality, entry);
  }
  return { population, entryOf };
}

const NO_POPULATION: MonthPopulation = { population: null, entryOf: new Map() };

function populationCaveats({ population }: MonthPopulation): readonly ReachCaveat[] {
  if (!population) return [];
  const { overlaps, without } = population;
  const overlapping = overlaps.map((records): ReachCaveat => ({
    type: 'overlapping_populations',
    records,
  }));
  return without.length === 0
    ? overlapping
    : [...overlapping, { type: 'no_population', localities: without }];
}

/**
 * One month. The choice of deliveries is remembered apart: a population that changes makes another
 * share, and only where it comes or goes another choice.
 */
function reachOfMonth(
  inMonth: readonly DatedStop[],
  { month, day, holding, unclear }: StatusMonth,
  figures: Figures,
  options: ReachOptions,
  memory: ReachMemory,
): ReachMonth {
  const { asOf, since, householdSize } = options;
  const places = options.status === 'any' ? null : holding;
  const counted = memory.counted.get(month, [inMonth, places, since, asOf, householdSize], () =>
    countedInMonth(inMonth, places, options),
  );
  const held = places === null ? NO_POPULATION : populationOfMonth(places, figures);
  const caveats: ReachCaveat[] = [...counted.caveats, ...populationCaveats(held)];
  if (unclear.length > 0) caveats.push({ type: 'status_unclear', localities: unclear });
  const without = memory.without.of(month, held.population?.without ?? NOBODY);
  const reachOf = (measure: Measure): MonthReach => {
    const people = counted[measure];
    const choice = memory.choices.get(`${month} ${measure}`, [people, without], () =>
      choiceWithPopulation(people, without),
    );
    return monthReach(people, choice, held, caveats);
  };
  return {
    definition: 'indicator 4',
    month: dayToIso(spanOfMonth(month).earliest).slice(0, 7),
    day,
    reached: reachOf('reached'),
    intended: reachOf('intended'),
    deliveries: counted.deliveries,
    population: held.population,
    caveats: uniqueOf(caveats),
  };
}

const NOBODY: readonly string[] = [];

/** The choice among deliveries to places that all have a population. */
function choiceWithPopulation(
  { sets, choice }: CountedPeople,
  withoutPopulation: readonly string[],
): PeopleChoice {
  const without = new Set(withoutPopulation);
  const those = sets.filter(({ localities }) =>
    localities.every((locality) => !without.has(locality)),
  );
  return those.length === sets.length ? choice : choosePeople(those);
}

/** What is remembered between two calls of `computeReach`. */
export interface ReachMemory {
  readonly places: StatusMonthsMemory;
  readonly figures: MonthFiguresMemory;
  readonly counted: Remembered<CountedMonth>;
  readonly without: SameLists<string>;
  readonly choices: Remembered<PeopleChoice>;
  readonly running: SameLists<DatedStop>;
  readonly months: Remembered<ReachMonth>;
}

export const reachMemory = (): ReachMemory => ({
  places: statusMonthsMemory(),
  figures: monthFiguresMemory(),
  counted: new Remembered(),
  without: new SameLists(),
  choices: new Remembered(),
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
  const { asOf, since, status, classifier, householdSize } = options;
  const register = registerOf(registers, classifier);
  const places = statusMonths(register, options, memory.places);
  const figures = monthFigures(dataset, options, places, memory.figures);
  const lastMonth = monthIndexOf(asOf);
  return places.map((place, i) => {
    const { month, holding, unclear } = place;
    const stops =
      month === lastMonth
        ? memory.running.of('', stopsOfRunningMonth(months, asOf))
        : (months.get(month) ?? NO_STOPS);
    const counted = figures[i]!;
    const inputs = [stops, holding, unclear, counted, status, since, asOf, householdSize];
    return memory.months.get(month, inputs, () =>
      reachOfMonth(stops, place, counted, options, memory),
    );
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
