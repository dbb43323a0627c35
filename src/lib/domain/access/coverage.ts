import type { Day } from '../dates/day.ts';
import type { AccessStatusValue } from '../records/vocabularies.ts';
import type { AccessRecords, LocalityStops } from './access-records.ts';
import { ANY_DELIVERY, inputsOfLens, type Lens, lensTest, type LensTest } from './lens.ts';
import { idsByName } from './place-names.ts';
import { Remembered } from './remembered.ts';
import { registerOf, type StatusStatement } from './status-registers.ts';
import { statusOn } from './statuses.ts';

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
  /** Only deliveries that may lie in the window (those without a date too), or may match the lens. */
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

/** One locality of the register: on the list, perhaps on it, or not; and what reached it. */
interface Place {
  readonly isListed: 'yes' | 'no' | 'unclear';
  readonly from: readonly string[];
  readonly sure: readonly string[];
  readonly maybe: readonly string[];
}

/** What is remembered between two calls of `computeCoverage`. */
export interface CoverageMemory {
  readonly byName: Remembered<readonly string[]>;
  readonly places: Remembered<Place>;
}

export const coverageMemory = (): CoverageMemory => ({
  byName: new Remembered(),
  places: new Remembered(),
});

const NOTHING: readonly string[] = [];

function placeOf(
  statements: readonly StatusStatement[] | undefined,
  stops: LocalityStops | undefined,
  { status, since, asOf }: CoverageOptions,
  test: LensTest,
): Place {
  const { possible, from } = statusOn(statements, asOf);
  if (!possible.includes(status)) {
    return { isListed: 'no', from: NOTHING, sure: NOTHING, maybe: NOTHING };
  }
  if (possible.length > 1) {
    return { isListed: 'unclear', from: NOTHING, sure: NOTHING, maybe: NOTHING };
  }
  const sure: string[] = [];
  const maybe: string[] = [];
  for (const stop of stops?.delivered ?? []) {
    const { date } = stop;
    if (date.latest < since || date.earliest > asOf) continue;
    const match = test(stop, stops!.locality);
    if (match === 'no') continue;
    const isInside = date.earliest >= since && date.latest <= asOf && !date.approximate;
    if (isInside && match === 'yes') sure.push(stop.id);
    else maybe.push(stop.id);
  }
  // Nobody says when these came: it may have been in the window, so the place is not one without.
  for (const stop of stops?.undated ?? []) {
    if (test(stop, stops!.locality) !== 'no') maybe.push(stop.id);
  }
  return { isListed: 'yes', from, sure, maybe };
}

/**
 * Among the localities that hold the status on the as-of date, those with at least one delivered
 * stop in the window: certain, possible, and those without (indicator 3). Lists are by name. With
 * the `memory` of an earlier call only localities are looked at whose statements or stops changed.
 */
export function computeCoverage(
  { localities, registers, dataset }: Pick<AccessRecords, 'localities' | 'registers' | 'dataset'>,
  options: CoverageOptions,
  memory = coverageMemory(),
): Coverage {
  const { status, classifier, since, asOf, lens = ANY_DELIVERY } = options;
  const test = lensTest(lens, dataset.organisation);
  const inputs = [status, since, asOf, ...inputsOfLens(lens, dataset.organisation)];
  const register = registerOf(registers, classifier);
  const byName = memory.byName.get('', [register, dataset.locality], () =>
    idsByName(register.keys(), dataset),
  );
  const certain: Covered[] = [];
  const possible: Covered[] = [];
  const without: string[] = [];
  const statusUnclear: string[] = [];
  const from: string[] = [];
  for (const locality of byName) {
    const statements = register.get(locality);
    const stops = localities.get(locality);
    const place = memory.places.get(locality, [statements, stops, ...inputs], () =>
      placeOf(statements, stops, options, test),
    );
    if (place.isListed === 'no') continue;
    if (place.isListed === 'unclear') {
      statusUnclear.push(locality);
      continue;
    }
    from.push(...place.from);
    if (place.sure.length > 0) certain.push({ locality, stops: place.sure });
    else if (place.maybe.length > 0) possible.push({ locality, stops: place.maybe });
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
