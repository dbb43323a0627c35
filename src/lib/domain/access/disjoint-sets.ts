import type { Bounds } from '../dates/between.ts';

/** Localities that share a number of people. */
export interface WeightedSet {
  readonly localities: readonly string[];
  /** A whole number. */
  readonly weight: number;
}

export interface LargestTotal {
  readonly total: Bounds;
  /** Numbers of the sets that make the total (of the least one, where it is only bounded). */
  readonly chosen: readonly number[];
  /** Too many sets overlap to try them all: the total lies between two bounds. */
  readonly isBounded: boolean;
}

/** Up to here every choice is weighed; beyond it the total is given as bounds (indicator 4). */
export const MOST_SETS_TRIED = 20;

interface Member {
  readonly index: number;
  readonly localities: ReadonlySet<string>;
  readonly weight: number;
}

/** Sets by the localities that they name. */
function byLocality(members: readonly Member[]): Map<string, Member[]> {
  const found = new Map<string, Member[]>();
  for (const member of members) {
    for (const locality of member.localities) {
      const others = found.get(locality);
      if (others) others.push(member);
      else found.set(locality, [member]);
    }
  }
  return found;
}

function isWithin(inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean {
  if (inner.size > outer.size) return false;
  for (const locality of inner) if (!outer.has(locality)) return false;
  return true;
}

function isDisjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const locality of a) if (b.has(locality)) return false;
  return true;
}

/** A set that another one within it outweighs is in no largest choice that needs it. */
function withoutOutweighed(members: readonly Member[]): Member[] {
  const kept: Member[] = [];
  const keptAt = new Map<string, Member[]>();
  const byWeight = [...members].sort(
    (a, b) => b.weight - a.weight || a.localities.size - b.localities.size || a.index - b.index,
  );
  for (const member of byWeight) {
    let isOutweighed = false;
    for (const locality of member.localities) {
      isOutweighed ||= (keptAt.get(locality) ?? []).some((other) =>
        isWithin(other.localities, member.localities),
      );
    }
    if (isOutweighed) continue;
    kept.push(member);
    for (const locality of member.localities) {
      const others = keptAt.get(locality);
      if (others) others.push(member);
      else keptAt.set(locality, [member]);
    }
  }
  return kept;
}

/** Sets that are joined by common localities, directly or through others. */
function componentsOf(members: readonly Member[]): Member[][] {
  const at = byLocality(members);
  const seen = new Set<Member>();
  const components: Member[][] = [];
  for (const first of members) {
    if (seen.has(first)) continue;
    const component = [first];
    seen.add(first);
    for (const member of component) {
      for (const locality of member.localities) {
        for (const other of at.get(locality)!) {
          if (seen.has(other)) continue;
          seen.add(other);
          component.push(other);
        }
        at.set(locality, []);
      }
    }
    components.push(component);
  }
  return components;
}

interface Choice {
  readonly total: number;
  readonly sets: number;
  readonly localities: number;
  /** A bit a member. */
  readonly members: number;
}

const NONE: Choice = { total: 0, sets: 0, localities: 0, members: 0 };

/**
 * Of two choices of the same people the one of more sets, then of fewer localities, then that with
 * the first set that is in only one of them. So there is one best, whatever is tried first.
 */
function isBetter(a: Choice, b: Choice): boolean {
  if (a.total !== b.total) return a.total > b.total;
  if (a.sets !== b.sets) return a.sets > b.sets;
  if (a.localities !== b.localities) return a.localities < b.localities;
  const only = a.members ^ b.members;
  return (a.members & (only & -only)) !== 0;
}

function bitsOf(mask: number): number {
  let count = 0;
  for (let left = mask; left !== 0; left &= left - 1) count++;
  return count;
}

/** The best choice among up to 20 sets: with and without one that meets most others, and so on. */
function bestChoice(members: readonly Member[]): Choice {
  const meets = members.map((member, i) => {
    let mask = 0;
    members.forEach((other, j) => {
      if (i !== j && !isDisjoint(member.localities, other.localities)) mask |= 1 << j;
    });
    return mask;
  });
  const withMember = (choice: Choice, i: number): Choice => ({
    total: choice.total + members[i]!.weight,
    sets: choice.sets + 1,
    localities: choice.localities + members[i]!.localities.size,
    members: choice.members | (1 << i),
  });
  const visit = (left: number): Choice => {
    let most = -1;
    let mostMet = 0;
    let free = NONE;
    for (let i = 0; i < members.length; i++) {
      if ((left & (1 << i)) === 0) continue;
      const met = bitsOf(meets[i]! & left);
      if (met === 0) free = withMember(free, i);
      if (met > mostMet) [most, mostMet] = [i, met];
    }
    if (most < 0) return free;
    const others = left & ~(1 << most);
    const taken = withMember(visit(others & ~meets[most]!), most);
    const omitted = visit(others);
    return isBetter(taken, omitted) ? taken : omitted;
  };
  return visit(2 ** members.length - 1);
}

/** The heaviest first as far as they fit, and a total that no choice can exceed. */
function bound(members: readonly Member[]): { total: Bounds; chosen: number[] } {
  const heaviestFirst = [...members].sort((a, b) => b.weight - a.weight || a.index - b.index);
  const chosen: Member[] = [];
  const taken = new Set<string>();
  for (const member of heaviestFirst) {
    if (!isDisjoint(member.localities, taken)) continue;
    chosen.push(member);
    for (const locality of member.localities) taken.add(locality);
  }
  const least = chosen.reduce((sum, { weight }) => sum + weight, 0);
  // Each set spreads its weight over its localities; no choice takes more than the most of each.
  const most = new Map<string, number>();
  for (const { localities, weight } of members) {
    for (const locality of localities) {
      most.set(locality, Math.max(most.get(locality) ?? 0, weight / localities.size));
    }
  }
  let sum = 0;
  for (const share of most.values()) sum += share;
  // Thirds of people add up to a little less than a person: the whole number next to them counts.
  const greatest = Math.max(least, Math.floor(sum + 1e-6 * (1 + sum * 1e-6)));
  return { total: [least, greatest], chosen: chosen.map(({ index }) => index) };
}

/**
 * Most sets name one locality, and no larger set meets them: of those the heaviest of each locality
 * is chosen (`alone`), the first of equals. The others have to be weighed against each other.
 */
function apart(sets: readonly WeightedSet[]): {
  readonly alone: Iterable<number>;
  readonly members: readonly Member[];
} {
  const shared = new Set<string>();
  for (const { localities } of sets) {
    if (localities.length > 1) for (const locality of localities) shared.add(locality);
  }
  const heaviest = new Map<string, number>();
  const members: Member[] = [];
  sets.forEach(({ localities, weight }, index) => {
    const [only] = localities;
    if (localities.length !== 1 || shared.has(only!)) {
      members.push({ index, localities: new Set(localities), weight });
      return;
    }
    const known = heaviest.get(only!);
    if (known === undefined || sets[known]!.weight < weight) heaviest.set(only!, index);
  });
  return { alone: heaviest.values(), members };
}

/**
 * The largest total over pairwise disjoint sets, so that nobody is counted twice (indicator 4):
 * exact where at most 20 sets hang together, else as bounds, and said so. Where several choices
 * make it, the one of most sets is taken, then of fewest localities, then of the sets given first.
 */
export function largestDisjointTotal(sets: readonly WeightedSet[]): LargestTotal {
  const { alone, members } = apart(sets);
  let least = 0;
  let most = 0;
  let isBounded = false;
  const chosen: number[] = [];
  for (const index of alone) {
    least += sets[index]!.weight;
    most += sets[index]!.weight;
    chosen.push(index);
  }
  for (const component of componentsOf(withoutOutweighed(members))) {
    if (component.length === 1) {
      const [only] = component as [Member];
      least += only.weight;
      most += only.weight;
      chosen.push(only.index);
    } else if (component.length <= MOST_SETS_TRIED) {
      const sorted = component.sort((a, b) => a.index - b.index);
      const best = bestChoice(sorted);
      least += best.total;
      most += best.total;
      for (const [i, { index }] of sorted.entries()) {
        if ((best.members & (1 << i)) !== 0) chosen.push(index);
      }
    } else {
      const found = bound(component);
      least += found.total[0];
      most += found.total[1];
      chosen.push(...found.chosen);
      isBounded = true;
    }
  }
  return { total: [least, most], chosen: chosen.sort((a, b) => a - b), isBounded };
}
