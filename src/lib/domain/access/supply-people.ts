import type { Bounds } from '../dates/between.ts';
import type { Day } from '../dates/day.ts';
import { peopleBounds, type PeopleBounds } from '../figures/people.ts';
import type { PeopleKind } from '../records/vocabularies.ts';
import type { DerivedNumber, DerivedStop } from './from-reports.ts';
import { denominatorOf, type PopulationEntry } from './populations.ts';

/** People of a set of places from a day on. */
export interface PopulationStep {
  readonly from: Day;
  readonly people: Bounds;
  /** Ids of the population records. */
  readonly records: readonly string[];
}

/**
 * The population of exactly these places over time: one step for every day on which the figures
 * known by then count all of them, and nobody twice. A day on which they do not leaves the step
 * before it standing.
 */
export function populationSteps(
  entries: readonly PopulationEntry[],
  places: readonly string[],
  asOf: Day,
): readonly PopulationStep[] {
  const own = new Set(places);
  const about = entries.filter(({ localities }) =>
    localities.some((locality) => own.has(locality)),
  );
  const days = about.map((entry) => entry.asOf.latest).filter((day) => day <= asOf);
  const steps: PopulationStep[] = [];
  for (const from of [...new Set(days)].sort((a, b) => a - b)) {
    const { people, without, entries: used } = denominatorOf(about, places, from);
    if (!people || without.length > 0 || people[1] < 1) continue;
    steps.push({ from, people, records: used.map(({ record }) => record) });
  }
  return steps;
}

/** Which number of people a delivery was for, the nearest to what was eaten first. */
const KINDS: readonly PeopleKind[] = ['reached', 'intended', 'approved'];

export interface SuppliedPeople extends PeopleBounds {
  readonly kind: PeopleKind;
  readonly number: DerivedNumber;
}

/** The people that a delivery was for: those reached, else intended, else approved; null: no number. */
export function suppliedPeople(
  { people }: Pick<DerivedStop, 'people'>,
  householdSize: number | undefined,
): SuppliedPeople | null {
  for (const kind of KINDS) {
    const number = people[kind];
    const bounds = peopleBounds(number?.value, householdSize);
    if (number && bounds) return { ...bounds, kind, number };
  }
  return null;
}
