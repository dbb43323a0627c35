import type { Day } from '../dates/day.ts';
import type { AccessStatusValue } from '../records/vocabularies.ts';
import type { AccessRecords, DatedStop } from './access-records.ts';
import { ANY_DELIVERY, type Lens, lensTest } from './lens.ts';
import { statusOn, statusRegister } from './statuses.ts';

/** A locality of the list, with the deliveries that reached it in the window. */
export interface Covered {
  readonly locality: string;
  readonly stops: readonly string[];
}

/** Indicator 3: which of the localities with a status had a delivery since a date. */
export interface Coverage {
  readonly definition: 'indicator 3';
  readonly status: AccessStatusValue;
  readonly classifier: string;
  readonly since: Day;
  readonly asOf: Day;
  readonly lens: Lens;
  /** A delivery whose whole range lies in the window. */
  readonly certain: readonly Covered[];
  /** Only deliveries that may lie in the window, or may match the lens. */
  readonly possible: readonly Covered[];
  readonly without: readonly string[];
  readonly total: number;
  /** May have the status on the as-of date, or may not: in none of the numbers, and named. */
  readonly statusUnclear: readonly string[];
  /** Ids of the status records that make the list. */
  readonly from: readonly string[];
}

export interface CoverageOptions {
  readonly status: AccessStatusValue;
  readonly classifier: string;
  /** First day of the window; its last is the as-of date. */
  readonly since: Day;
  readonly asOf: Day;
  readonly lens?: Lens;
}

/**
 * Among the localities that hold the status on the as-of date, those with at least one delivered
 * stop in the window: certain, possible, and those without (indicator 3). Lists are by name.
 */
export function computeCoverage(
  { localities, dataset }: Pick<AccessRecords, 'localities' | 'dataset'>,
  { status, classifier, since, asOf, lens = ANY_DELIVERY }: CoverageOptions,
): Coverage {
  const test = lensTest(lens, dataset.organisation);
  const certain: Covered[] = [];
  const possible: Covered[] = [];
  const without: string[] = [];
  const statusUnclear: string[] = [];
  const from: string[] = [];
  const nameOf = (id: string): string => dataset.locality.get(id)?.name ?? id;
  const register = statusRegister(dataset, classifier);
  const listed = [...register.keys()].sort((a, b) => nameOf(a).localeCompare(nameOf(b), 'en'));
  for (const locality of listed) {
    const held = statusOn(register.get(locality), asOf);
    if (!held.possible.includes(status)) continue;
    if (held.possible.length > 1) {
      statusUnclear.push(locality);
      continue;
    }
    from.push(...held.from);
    const sure: string[] = [];
    const maybe: string[] = [];
    for (const stop of localities.get(locality)?.delivered ?? []) {
      const { date } = stop as DatedStop;
      const match = date.latest < since || date.earliest > asOf ? 'no' : test(stop, locality);
      if (match === 'no') continue;
      const isInside = date.earliest >= since && date.latest <= asOf && !date.approximate;
      if (isInside && match === 'yes') sure.push(stop.id);
      else maybe.push(stop.id);
    }
    if (sure.length > 0) certain.push({ locality, stops: sure });
    else if (maybe.length > 0) possible.push({ locality, stops: maybe });
    else without.push(locality);
  }
  return {
    definition: 'indicator 3',
    status,
    classifier,
    since,
    asOf,
    lens,
    certain,
    possible,
    without,
    total: certain.length + possible.length + without.length,
    statusUnclear,
    from,
  };
}
