import type { Bounds } from '../dates/between.ts';
import type { Day } from '../dates/day.ts';
import { type CutDate, cutAt } from '../dates/partial-date.ts';
import { figureBounds, type Figure } from '../figures/figure.ts';
import type { PeopleKind } from '../records/vocabularies.ts';
import type { DatedStop } from './access-records.ts';
import type { Caveat } from './caveats.ts';
import { type PopulationStep, suppliedPeople } from './supply-people.ts';
import type { Batch } from './supply-stock.ts';
import { byFirstTranche } from './tranches.ts';

export type SupplyCaveat =
  | Caveat
  /** The number of people is for all of these places, and all of them ate of it. */
  | {
      readonly type: 'shared_delivery';
      readonly stop: string;
      readonly localities: readonly string[];
    }
  /** How many were reached is not recorded: counted are those intended, or approved. */
  | { readonly type: 'not_people_reached'; readonly stop: string; readonly kind: PeopleKind }
  | { readonly type: 'number_from_earlier_stage_or_part'; readonly stop: string }
  /** People or days of supply are "about", "more than" or "fewer than". */
  | { readonly type: 'about_or_open_number'; readonly stop: string }
  | { readonly type: 'household_size'; readonly size: number }
  /** Its places have no population in the series: the stop's own people ate of it. */
  | { readonly type: 'own_people'; readonly stop: string }
  /** It came before the first population figure, which stands for the time before it too. */
  | { readonly type: 'population_from_later'; readonly stop: string }
  /** More came than is counted: these deliveries give no ration length, or no number of people. */
  | { readonly type: 'without_ration_length'; readonly stops: readonly string[] }
  | { readonly type: 'without_people'; readonly stops: readonly string[] };

/** One delivery as supply, at the least and at the most that it can have been. */
export interface Supplied {
  readonly stop: DatedStop;
  readonly cut: CutDate;
  readonly people: Bounds;
  readonly peopleKind: PeopleKind;
  readonly daysOfSupply: Figure;
  readonly days: Bounds;
  /** Without a population: its part of the people of all its tranches. */
  readonly share: Bounds;
  /** The population of exactly its places over time; none: its own people ate of it. */
  readonly steps: readonly PopulationStep[];
  readonly caveats: readonly SupplyCaveat[];
}

function caveatsOf(
  { id, localities, caveats, daysOfSupply }: DatedStop,
  { date, earliest, straddles }: CutDate,
  people: NonNullable<ReturnType<typeof suppliedPeople>>,
  [first]: readonly PopulationStep[],
): readonly SupplyCaveat[] {
  const found: SupplyCaveat[] = [...caveats];
  if (straddles) found.push({ type: 'straddles_as_of', date: date.edtf });
  if (localities.length > 1) found.push({ type: 'shared_delivery', stop: id, localities });
  if (people.kind !== 'reached') {
    found.push({ type: 'not_people_reached', stop: id, kind: people.kind });
  }
  if (people.number.fromEarlierStageOrPart) {
    found.push({ type: 'number_from_earlier_stage_or_part', stop: id });
  }
  if (people.isLoose || (daysOfSupply && '~<>'.includes(daysOfSupply.q))) {
    found.push({ type: 'about_or_open_number', stop: id });
  }
  if (people.householdSize !== null) {
    found.push({ type: 'household_size', size: people.householdSize });
  }
  if (!first) found.push({ type: 'own_people', stop: id });
  else if (first.from > earliest) found.push({ type: 'population_from_later', stop: id });
  return found;
}

export type SupplyOfStop =
  | { readonly type: 'supplied'; readonly supplied: Supplied }
  | { readonly type: 'no_ration_length' | 'no_people' };

/** A delivered stop as supply; null: it came after the as-of date. */
export function supplyOfStop(
  stop: DatedStop,
  steps: readonly PopulationStep[],
  householdSize: number | undefined,
  asOf: Day,
): SupplyOfStop | null {
  const cut = cutAt(stop.date, asOf);
  if (!cut) return null;
  const { daysOfSupply } = stop;
  if (!daysOfSupply) return { type: 'no_ration_length' };
  const people = suppliedPeople(stop, householdSize);
  if (!people) return { type: 'no_people' };
  const { min, max } = figureBounds(daysOfSupply);
  const supplied: Supplied = {
    stop,
    cut,
    people: people.people,
    peopleKind: people.kind,
    daysOfSupply,
    days: [min, max ?? min],
    share: [1, 1],
    steps,
    caveats: caveatsOf(stop, cut, people, steps),
  };
  return { type: 'supplied', supplied };
}

/** Its part of the people of all tranches, at the least and at the most; alone, all of them. */
function shareOf(one: Supplied, tranches: readonly Supplied[]): Bounds {
  const others = (end: 0 | 1): number =>
    tranches.reduce((sum, { people }) => sum + people[end], 0) - one.people[end];
  const [least, most] = one.people;
  return [
    least === 0 ? 0 : least / (least + others(1)),
    most === 0 ? 0 : most / (most + others(0)),
  ];
}

/** Tranches for other people feed their own part of the place, not all of it one after the other. */
export function withShares(supplied: readonly Supplied[]): readonly Supplied[] {
  if (supplied.every(({ stop }) => stop.otherPeopleThan === null)) return supplied;
  const byStop = new Map(supplied.map((one) => [one.stop.id, one]));
  const shares = new Map<Supplied, Bounds>();
  for (const tranches of byFirstTranche(supplied.map(({ stop }) => stop)).values()) {
    const own = tranches.flatMap(({ id }) => byStop.get(id) ?? []);
    for (const one of own) shares.set(one, shareOf(one, own));
  }
  return supplied.map((one) => ({ ...one, share: shares.get(one) ?? one.share }));
}

/** What a delivery brings at its least (0) or its most (1), if it came on this day. */
export function batchOf({ people, days, share, steps }: Supplied, end: 0 | 1, day: Day): Batch {
  if (steps.length === 0) {
    const lasts = people[end] > 0 ? days[end] * share[end] : 0;
    return { day, amount: lasts, rates: [{ from: day, perDay: 1 }] };
  }
  const eaters = end === 0 ? 1 : 0;
  const rates = steps.map((step) => ({
    from: step.from,
    perDay: Math.max(1, step.people[eaters]),
  }));
  return { day, amount: people[end] * days[end], rates };
}
