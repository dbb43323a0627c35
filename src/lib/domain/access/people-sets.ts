import type { Bounds } from '../dates/between.ts';
import { largestDisjointTotal, type LargestTotal } from './disjoint-sets.ts';
import type { PopulationEntry } from './populations.ts';

/** The people of one delivery, and the localities that share the number. */
export interface PeopleSet {
  readonly stop: string;
  /** The delivery that these are other people than. */
  readonly otherThan: string | null;
  readonly localities: readonly string[];
  readonly people: Bounds;
}

export interface LargestPeople {
  /** null: nothing gives a number, which is never none. */
  readonly people: Bounds | null;
  /** Population records at which a sum was capped. */
  readonly cappedAt: readonly string[];
  /** Too many sets hang together to weigh every choice of them. */
  readonly isBounded: boolean;
}

/**
 * The stop that a tranche for other people adds to, through others that it names: of a ring of
 * stops that name each other, the one with the least id.
 */
function firstOf(one: PeopleSet, byStop: ReadonlyMap<string, PeopleSet>): string {
  const path: string[] = [];
  let current = one;
  for (;;) {
    const at = path.indexOf(current.stop);
    if (at >= 0) return path.slice(at).reduce((least, id) => (id < least ? id : least));
    path.push(current.stop);
    const next = byStop.get(current.otherThan ?? '');
    if (!next) return current.stop;
    current = next;
  }
}

/** A tranche for other people adds to the delivery that it names; together they are one set. */
function joinTranches(all: readonly PeopleSet[]): readonly PeopleSet[] {
  if (all.every(({ otherThan }) => otherThan === null)) return all;
  const byStop = new Map(all.map((one) => [one.stop, one]));
  const groups = new Map<string, PeopleSet>();
  for (const one of all) {
    const first = firstOf(one, byStop);
    const known = groups.get(first);
    if (!known) groups.set(first, one);
    else {
      const [min, max] = known.people;
      groups.set(first, {
        ...known,
        localities: [...new Set([...known.localities, ...one.localities])],
        people: [min + one.people[0], max + one.people[1]],
      });
    }
  }
  return [...groups.values()];
}

/** The one entry that counts all of these localities, where there is one; entries do not overlap. */
function entryAround(
  localities: readonly string[],
  entryOf: ReadonlyMap<string, PopulationEntry>,
): PopulationEntry | undefined {
  const entry = entryOf.get(localities[0] ?? '');
  return entry && localities.every((one) => entryOf.get(one) === entry) ? entry : undefined;
}

/** Which sets make the largest total, by the least and by the greatest number of people of each. */
export interface PeopleChoice {
  readonly sets: readonly PeopleSet[];
  /** null: no set at all. */
  readonly least: LargestTotal | null;
  /** null: no set has a range of people, and both are one. */
  readonly most: LargestTotal | null;
}

/** Tranches for other people added to their first, the largest choice of pairwise disjoint sets. */
export function choosePeople(all: readonly PeopleSet[]): PeopleChoice {
  if (all.length === 0) return { sets: all, least: null, most: null };
  const sets = joinTranches(all);
  const largest = (end: 0 | 1): LargestTotal =>
    largestDisjointTotal(
      sets.map(({ localities, people }) => ({ localities, weight: people[end] })),
    );
  const isExact = sets.every(({ people: [min, max] }) => min === max);
  return { sets, least: largest(0), most: isExact ? null : largest(1) };
}

type Capped = LargestPeople & { readonly people: Bounds };

function capped(
  sets: readonly PeopleSet[],
  end: 0 | 1,
  { total, chosen, isBounded }: LargestTotal,
  entryOf: ReadonlyMap<string, PopulationEntry>,
): Capped {
  const sums = new Map<PopulationEntry, number>();
  for (const i of entryOf.size === 0 ? [] : chosen) {
    const entry = entryAround(sets[i]!.localities, entryOf);
    if (entry) sums.set(entry, (sums.get(entry) ?? 0) + sets[i]!.people[end]);
  }
  let over = 0;
  const cappedAt: string[] = [];
  for (const [entry, sum] of sums) {
    if (sum <= entry.people[1]) continue;
    over += sum - entry.people[1];
    cappedAt.push(entry.record);
  }
  // Where it is bounded, a choice that was not weighed may be capped less than the one that was.
  return { people: [total[0] - over, total[1] - (isBounded ? 0 : over)], cappedAt, isBounded };
}

/**
 * The largest number of people over pairwise disjoint sets of localities, what lies wholly within
 * one population entry capped at it (indicator 4). `entryOf`: the entry that counts a locality. A
 * range of people makes a range.
 */
export function largestPeople(
  { sets, least, most }: PeopleChoice,
  entryOf: ReadonlyMap<string, PopulationEntry>,
): LargestPeople {
  if (!least) return { people: null, cappedAt: [], isBounded: false };
  const low = capped(sets, 0, least, entryOf);
  if (!most) return low;
  const high = capped(sets, 1, most, entryOf);
  return {
    people: [low.people[0], Math.max(low.people[1], high.people[1])],
    cappedAt: [...low.cappedAt, ...high.cappedAt],
    isBounded: low.isBounded || high.isBounded,
  };
}
