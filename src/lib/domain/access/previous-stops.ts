import type { Day } from '../dates/day.ts';
import type { LocalityStops } from './access-records.ts';
import { isAnyDelivery, type Lens, type LensMatch, type LensTest } from './lens.ts';

/**
 * What came before each stop of a locality (indicators 1 and 2), on integers. The arrays have one
 * place a stop, in the order of `LocalityStops.delivered`; stops that are not looked at keep zeros.
 */
export interface PreviousStops {
  /** 1 where the stop is looked at: not after the as-of date, and matching. */
  readonly included: Uint8Array;
  /** Number of the stop before it with the greatest latest day, then earliest; −1: none. */
  readonly name: Int32Array;
  /** The greatest latest and the greatest earliest day among the stops before it. */
  readonly latestBefore: Int32Array;
  readonly earliestBefore: Int32Array;
  /** 1 where another stop overlaps it, so that it is possibly not the first. */
  readonly overlapped: Uint8Array;
  readonly count: number;
}

/** How each stop of a locality matches a lens. */
export function lensMatches(
  { delivered, locality }: LocalityStops,
  lens: Lens,
  test: LensTest,
): readonly LensMatch[] | null {
  return isAnyDelivery(lens) ? null : delivered.map((stop) => test(stop, locality));
}

/**
 * Walks the stops once by earliest and once by latest day. `matches` null: every stop is looked at;
 * else those that match, with `withUnknown` also those that may.
 */
export function previousStops(
  stops: LocalityStops,
  asOf: Day,
  matches: readonly LensMatch[] | null,
  withUnknown: boolean,
): PreviousStops {
  const { earliest, latest, byLatest } = stops;
  const size = earliest.length;
  const included = new Uint8Array(size);
  const name = new Int32Array(size).fill(-1);
  const latestBefore = new Int32Array(size);
  const earliestBefore = new Int32Array(size);
  const overlapped = new Uint8Array(size);
  let count = 0;
  for (let i = 0; i < size; i++) {
    const match = matches === null ? 'yes' : matches[i];
    const isMatch = match === 'yes' || (withUnknown && match === 'unknown');
    if (earliest[i]! > asOf || !isMatch) continue;
    included[i] = 1;
    count++;
  }
  let position = 0;
  let before = 0;
  let nameBefore = -1;
  let greatestEarliest = 0;
  let rank = 0;
  let lastIncluded = -1;
  for (let i = 0; i < size; i++) {
    if (included[i] === 0) continue;
    const start = earliest[i]!;
    while (position < size && latest[byLatest[position]!]! < start) {
      const other = byLatest[position++]!;
      if (included[other] === 0) continue;
      before++;
      greatestEarliest =
        nameBefore < 0 ? earliest[other]! : Math.max(greatestEarliest, earliest[other]!);
      nameBefore = other;
    }
    name[i] = nameBefore;
    if (nameBefore >= 0) {
      latestBefore[i] = latest[nameBefore]!;
      earliestBefore[i] = greatestEarliest;
    }
    // Of those that start no later, all but the ones wholly before it overlap it.
    if (rank > before) overlapped[i] = 1;
    if (lastIncluded >= 0 && start <= latest[lastIncluded]!) overlapped[lastIncluded] = 1;
    lastIncluded = i;
    rank++;
  }
  return { included, name, latestBefore, earliestBefore, overlapped, count };
}
