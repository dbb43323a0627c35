import type { Bounds } from '../dates/between.ts';
import { type Day, dayOf } from '../dates/day.ts';
import type { PartialDate } from '../dates/partial-date.ts';
import type { Figure } from '../figures/figure.ts';
import type { PeopleKind } from '../records/vocabularies.ts';
import type { AccessRecords, DatedStop, LocalityStops } from './access-records.ts';
import { sectorsAt } from './lens.ts';
import { populationEntries, type PopulationEntry } from './populations.ts';
import { type CoveredDays, coveredDays } from './supply-covered.ts';
import {
  batchOf,
  type Supplied,
  type SupplyCaveat,
  supplyOfStop,
  withShares,
} from './supply-delivery.ts';
import { type PopulationStep, populationSteps } from './supply-people.ts';
import { eatenOf, lastDayOf } from './supply-stock.ts';

/** One delivery with what it brought. */
export interface SupplyDelivery {
  readonly stop: string;
  readonly date: PartialDate;
  /** Several share it: it is never split between them. */
  readonly localities: readonly string[];
  readonly people: Bounds;
  readonly peopleKind: PeopleKind;
  readonly daysOfSupply: Figure;
  /** Ids of the population records by which it was eaten; none: by the stop's own people. */
  readonly population: readonly string[];
}

/** Indicator 7 of one locality: how long the recorded deliveries alone can have fed it. */
export interface LocalitySupply {
  readonly definition: 'indicator 7';
  readonly locality: string;
  readonly asOf: Day;
  readonly since: Day;
  /** Harvests, markets and smuggling are not in it, and every text says so. */
  readonly ofRecordedDeliveriesAlone: true;
  /** Why it is not computed: no delivery says for how many days, or for how many people. */
  readonly notComputed: 'no_ration_length' | 'no_people' | null;
  /**
   * The day on which the last of it is eaten, as the earliest and the latest that it can be. The
   * first null: nothing surely came. The second null: there is no telling how late.
   */
  readonly endsOn: readonly [Day | null, Day | null] | null;
  /** Days of the window on which recorded supply lasted, and the share of the window they are. */
  readonly covered: CoveredDays | null;
  readonly deliveries: readonly SupplyDelivery[];
  readonly caveats: readonly SupplyCaveat[];
  /** Ids of the stops and the population records. */
  readonly from: readonly string[];
}

export interface SupplyOptions {
  readonly asOf: Day;
  /** First day of the window of which a share is covered; its last is the as-of date. */
  readonly since: Day;
  /** Whose population figures; none: every delivery was eaten by its own people. */
  readonly series?: string | undefined;
  readonly householdSize?: number | undefined;
}

const LAST_DAY = dayOf(9999, 12, 31);
function endsOn(
  supplied: readonly Supplied[],
  sure: readonly Supplied[],
): LocalitySupply['endsOn'] {
  const earliest = lastDayOf(eatenOf(sure.map((one) => batchOf(one, 0, one.cut.earliest))));
  const latest = lastDayOf(eatenOf(supplied.map((one) => batchOf(one, 1, one.cut.latest))));
  const known = (day: Day | null): Day | null => (day !== null && day <= LAST_DAY ? day : null);
  return [known(earliest), known(latest)];
}

const NO_POPULATION: readonly PopulationEntry[] = [];

/** Whether nobody knows that it brought no food: only then its missing ration length is a gap. */
const mayBeFood = (stop: DatedStop, locality: string): boolean =>
  sectorsAt(stop, locality)?.includes('FSC') ?? true;

function uniqueOf(caveats: readonly SupplyCaveat[]): readonly SupplyCaveat[] {
  const byText = new Map(caveats.map((caveat) => [JSON.stringify(caveat), caveat]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, caveat]) => caveat);
}

function missing(
  type: 'without_ration_length' | 'without_people',
  stops: readonly string[],
): readonly SupplyCaveat[] {
  return stops.length === 0 ? [] : [{ type, stops }];
}

function supplyOf(
  { locality, delivered, undated }: LocalityStops,
  stepsOf: (places: readonly string[]) => readonly PopulationStep[],
  { asOf, since, householdSize }: SupplyOptions,
): LocalitySupply | null {
  const found: Supplied[] = [];
  const noRationLength: string[] = [];
  const noPeople: string[] = [];
  let delivery = false;
  for (const stop of delivered) {
    const supply = supplyOfStop(stop, stepsOf(stop.localities), householdSize, asOf);
    delivery ||= supply !== null;
    if (supply?.type === 'supplied') found.push(supply.supplied);
    else if (supply?.type === 'no_people') noPeople.push(stop.id);
    else if (supply && mayBeFood(stop, locality)) noRationLength.push(stop.id);
  }
  if (!delivery) return null;
  const supplied = withShares(found);
  const sure = supplied.filter(({ cut }) => !cut.straddles);
  const isComputed = supplied.length > 0;
  return {
    definition: 'indicator 7',
    locality,
    asOf,
    since,
    ofRecordedDeliveriesAlone: true,
    notComputed: isComputed ? null : noPeople.length > 0 ? 'no_people' : 'no_ration_length',
    endsOn: isComputed ? endsOn(supplied, sure) : null,
    covered: isComputed ? coveredDays(supplied, since, asOf) : null,
    deliveries: supplied.map(({ stop, people, peopleKind, daysOfSupply, steps }) => ({
      stop: stop.id,
      date: stop.date,
      localities: stop.localities,
      people,
      peopleKind,
      daysOfSupply,
      population: [...new Set(steps.flatMap(({ records }) => records))],
    })),
    caveats: uniqueOf([
      ...supplied.flatMap(({ caveats }) => caveats),
      ...undated.map(({ convoy }) => ({ type: 'undated_delivery', convoy }) as const),
      ...missing('without_ration_length', noRationLength),
      ...missing('without_people', noPeople),
    ]),
    from: [
      ...new Set(
        supplied.flatMap(({ stop, steps }) => [
          stop.id,
          ...steps.flatMap(({ records }) => records),
        ]),
      ),
    ],
  };
}

/**
 * Supply of every locality with a delivery not after the as-of date, by name, from recorded
 * deliveries alone (indicator 7). Each brings people × days of supply, and the population of exactly
 * the places that share it eats of it day by day, one delivery after the other: so a shared delivery
 * lasts equally long in each of its places, and no figure is split. Without a population, a delivery
 * lasts its days of supply.
 */
export function computeSupply(
  { localities, dataset }: Pick<AccessRecords, 'localities' | 'dataset'>,
  options: SupplyOptions,
): readonly LocalitySupply[] {
  const { asOf, series, householdSize } = options;
  const entries =
    series === undefined ? NO_POPULATION : populationEntries(dataset, { series, householdSize });
  const known = new Map<string, readonly PopulationStep[]>();
  const stepsOf = (places: readonly string[]): readonly PopulationStep[] => {
    const [only = ''] = places;
    const key = places.length === 1 ? only : [...places].sort().join(' ');
    const steps = known.get(key) ?? populationSteps(entries, places, asOf);
    known.set(key, steps);
    return steps;
  };
  const nameOf = (id: string): string => dataset.locality.get(id)?.name ?? id;
  return [...localities.values()]
    .flatMap((stops) => supplyOf(stops, stepsOf, options) ?? [])
    .sort(
      (a, b) =>
        nameOf(a.locality).localeCompare(nameOf(b.locality), 'en') ||
        (a.locality < b.locality ? -1 : 1),
    );
}
