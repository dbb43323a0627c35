import {
  type AccessRecords,
  type DatedStop,
  type LocalityStops,
  localityStops,
} from '#lib/domain/access/access-records.ts';
import { NO_REGISTERS, patchRegisters } from '#lib/domain/access/status-registers.ts';
import type { DerivedConvoy, DerivedStop } from '#lib/domain/access/from-reports.ts';
import { isAnyDelivery, type Lens, lensTest, type LensTest } from '#lib/domain/access/lens.ts';
import { Remembered, SameLists } from '#lib/domain/access/remembered.ts';
import { addMonths, calendarDayOf, type Day, dayOf } from '#lib/domain/dates/day.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { ACCESS_STATUSES, type AccessStatusValue } from '#lib/domain/records/vocabularies.ts';

/** What every chart and list is looked at through; it is never stored and never in an address. */
export interface LensChoice {
  /** First day of the period; the as-of date is its last. */
  readonly since: Day;
  /** Nothing after this day counts. */
  readonly asOf: Day;
  /** Who says what the status of a place is. */
  readonly classifier: string;
  /** Who counts the people; null: nobody on record does. */
  readonly series: string | null;
  readonly status: AccessStatusValue | 'any';
  /** A parent area (Eastern Ghouta); null: everywhere. */
  readonly area: string | null;
  /** Which deliveries. */
  readonly deliveries: Lens;
}

/** The first day of the month five before the as-of date's: half a year of whole months. */
export function usualSince(asOf: Day): Day {
  const { year, month } = calendarDayOf(asOf);
  return addMonths(dayOf(year, month, 1), -5);
}

/** The period of the same length that ended the day before this one began. */
export function periodBefore({ since, asOf }: Pick<LensChoice, 'since' | 'asOf'>): {
  readonly since: Day;
  readonly asOf: Day;
} {
  return { since: since - (asOf - since + 1), asOf: since - 1 };
}

const byName = (a: string, b: string): number => a.localeCompare(b, 'en');

/** The parent areas of the places on record, by name. */
export function areasOf({ locality }: Pick<Dataset, 'locality'>): readonly string[] {
  const areas = new Set<string>();
  for (const { parentArea } of locality.values()) if (parentArea) areas.add(parentArea);
  return [...areas].sort(byName);
}

/** Who counts people in named places, the one with the most figures first. */
export function seriesOf({ population }: Pick<Dataset, 'population'>): readonly string[] {
  const figures = new Map<string, number>();
  for (const { series, localities } of population.values()) {
    if (!localities || localities.length === 0) continue;
    figures.set(series, (figures.get(series) ?? 0) + 1);
  }
  return [...figures].sort((a, b) => b[1] - a[1] || byName(a[0], b[0])).map(([series]) => series);
}

/** The statuses that anybody gives a place, in the order of the vocabulary. */
export function statusesOf({
  accessStatus,
}: Pick<Dataset, 'accessStatus'>): readonly AccessStatusValue[] {
  const given = new Set([...accessStatus.values()].map(({ status }) => status));
  return ACCESS_STATUSES.filter((status) => given.has(status) && status !== 'unknown');
}

/** Sectors that any delivery is recorded with, by code. */
export function sectorsOf({ convoys }: Pick<AccessRecords, 'convoys'>): readonly string[] {
  const sectors = new Set<string>();
  for (const { stops } of convoys.values()) {
    for (const stop of stops) for (const { sector } of stop.sectors ?? []) sectors.add(sector);
  }
  return [...sectors].sort(byName);
}

const keep = <T>(all: ReadonlyMap<string, T>, isKept: (one: T) => boolean): Map<string, T> =>
  new Map([...all].filter(([, one]) => isKept(one)));

/** What was narrowed last: lists that did not change stay the same lists. */
export class Narrowed {
  readonly months = new SameLists<DatedStop>();
  readonly localities = new Remembered<LocalityStops>();
  readonly stopsOf = new SameLists<DerivedStop>();
}

/** The same records with the places of one area alone. */
export function withinArea(
  access: AccessRecords,
  area: string | null,
  known = new Narrowed(),
): AccessRecords {
  if (area === null) return access;
  const { dataset } = access;
  return withinPlaces(access, (id) => dataset.locality.get(id)?.parentArea === area, known);
}

/**
 * The same records with some of the places alone. A stop that they share with other places stays
 * whole: its figure is never split.
 */
export function withinPlaces(
  access: AccessRecords,
  isHere: (locality: string) => boolean,
  known = new Narrowed(),
): AccessRecords {
  const seen = withStops(access, (stop) => stop.localities.some(isHere), known);
  const { dataset } = seen;
  const accessStatus = keep(dataset.accessStatus, (one) => isHere(one.locality));
  return {
    ...seen,
    registers: patchRegisters(NO_REGISTERS, new Map(), accessStatus),
    dataset: {
      ...dataset,
      locality: keep(dataset.locality, ({ id }) => isHere(id)),
      accessStatus,
      requestLine: keep(dataset.requestLine, (one) => isHere(one.locality)),
      incident: keep(dataset.incident, (one) => one.localities.some(isHere)),
    },
    localities: keep(access.localities, (one) => isHere(one.locality)),
  };
}

/**
 * The records with some of the stops alone, in convoys and months; months that stay are the same.
 * Item lines go with their convoys.
 */
function withStops(
  access: AccessRecords,
  isKept: (stop: DerivedStop) => boolean,
  known: Narrowed,
): AccessRecords {
  const convoys = new Map<string, DerivedConvoy>();
  const kept = new Set<DerivedStop>();
  const gone = new Set<string>();
  for (const [id, convoy] of access.convoys) {
    const stops = convoy.stops.filter(isKept);
    for (const stop of stops) kept.add(stop);
    if (stops.length === 0) gone.add(id);
    else convoys.set(id, stops.length === convoy.stops.length ? convoy : { ...convoy, stops });
  }
  const months = new Map<number, readonly DatedStop[]>();
  for (const [month, stops] of access.months) {
    const left = stops.filter((stop) => kept.has(stop));
    months.set(month, known.months.of(month, left));
  }
  const { dataset } = access;
  const itemLine =
    gone.size === 0
      ? dataset.itemLine
      : keep(dataset.itemLine, ({ convoy, stop }) => {
          const of = dataset.stop.get(stop ?? '')?.convoy ?? convoy;
          return of === undefined || !gone.has(of);
        });
  return { ...access, dataset: { ...dataset, itemLine }, convoys, months };
}

/** Each place with the stops alone that brought to it what is looked at. */
function localitiesThrough(
  access: AccessRecords,
  test: LensTest,
  known: Narrowed,
): AccessRecords['localities'] {
  const localities = new Map<string, LocalityStops>();
  for (const [id, stops] of access.localities) {
    const matching = stops.all.filter((stop) => test(stop, id) === 'yes');
    const all = known.stopsOf.of(id, matching);
    const { claimedDeliveries } = stops;
    const narrowed = (): LocalityStops => localityStops(id, all, claimedDeliveries);
    localities.set(id, known.localities.get(id, [all, claimedDeliveries], narrowed));
  }
  return localities;
}

/**
 * The convoys with those stops alone that are recorded as what the lens asks for, and how many it is
 * unknown of: these are in no number, and the screen says how many they are.
 */
export function throughLens(
  access: AccessRecords,
  lens: Lens,
  { since, asOf }: Pick<LensChoice, 'since' | 'asOf'>,
  known = new Narrowed(),
): { readonly access: AccessRecords; readonly unknown: number } {
  if (isAnyDelivery(lens)) return { access, unknown: 0 };
  const test = lensTest(lens, access.dataset.organisation);
  let unknown = 0;
  const seen = withStops(
    access,
    (stop) => {
      const matches = stop.localities.map((locality) => test(stop, locality));
      if (matches.includes('yes')) return true;
      const isInPeriod = stop.date && stop.date.latest >= since && stop.date.earliest <= asOf;
      if (stop.delivered && isInPeriod && matches.includes('unknown')) unknown += 1;
      return false;
    },
    known,
  );
  return { access: { ...seen, localities: localitiesThrough(access, test, known) }, unknown };
}
