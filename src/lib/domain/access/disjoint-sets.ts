import type { Bounds } from '../dates/between.ts';

/** Localities that share a number of people. */
export interface WeightedSet {
  readonly localities: readonly string[];
  readonly weight: number;
}

export interface LargestTotal {
  readonly total: Bounds;
  /** Numbers of the sets that make the total (of the least one, where it is only bounded). */
  readonly chosen: readonly number[];
  /** Too many sets overlap to try them all: the total lies between two bounds. */
  readonly isBounded: boolean;
}

/** Up to here every choice is tried; beyond it the total is given as bounds (indicator 4). */
const MOST_SETS_TRIED = 20;

interface Member {
  readonly index: number;
  readonly localities: ReadonlySet<string>;
  readonly weight: number;
}

const isWithin = (inner: Member, outer: Member): boolean =>
  [...inner.localities].every((locality) => outer.localities.has(locality));

const meets = (a: Member, b: Member): boolean =>
  [...a.localities].some((locality) => b.localities.has(locality));

/** A set that another one within it outweighs is in no largest choice that needs it. */
function withoutOutweighed(members: readonly Member[]): Member[] {
  const kept: Member[] = [];
  const byWeight = [...members].sort(
    (a, b) => b.weight - a.weight || a.localities.size - b.localities.size || a.index - b.index,
  );
  for (const member of byWeight) {
    if (!kept.some((other) => isWithin(other, member))) kept.push(member);
  }
  return kept;
}

/** Sets that are joined by common localities, directly or through others. */
function componentsOf(members: readonly Member[]): Member[][] {
  const components: { localities: Set<string>; members: Member[] }[] = [];
  for (const member of members) {
    const joined = components.filter((one) =>
      [...member.localities].some((locality) => one.localities.has(locality)),
    );
    const component = { localities: new Set(member.localities), members: [member] };
    for (const other of joined) {
      for (const locality of other.localities) component.localities.add(locality);
      component.members.push(...other.members);
      components.splice(components.indexOf(other), 1);
    }
    components.push(component);
  }
  return components.map((component) => component.members);
}

function tryAll(members: readonly Member[]): { total: number; chosen: number[] } {
  const sorted = [...members].sort((a, b) => b.weight - a.weight || a.index - b.index);
  const rest = sorted.map(() => 0);
  for (let i = sorted.length - 1; i >= 0; i--) rest[i] = (rest[i + 1] ?? 0) + sorted[i]!.weight;
  let best = { total: -1, chosen: [] as number[] };
  const visit = (i: number, total: number, chosen: readonly Member[]): void => {
    if (total > best.total) best = { total, chosen: chosen.map((member) => member.index) };
    if (i >= sorted.length || total + rest[i]! <= best.total) return;
    const member = sorted[i]!;
    if (!chosen.some((other) => meets(other, member))) {
      visit(i + 1, total + member.weight, [...chosen, member]);
    }
    visit(i + 1, total, chosen);
  };
  visit(0, 0, []);
  return best;
}

/** The heaviest first as far as they fit, and a total that no choice can exceed. */
function bound(members: readonly Member[]): { total: Bounds; chosen: number[] } {
  const chosen: Member[] = [];
  for (const member of members) {
    if (!chosen.some((other) => meets(other, member))) chosen.push(member);
  }
  const least = chosen.reduce((sum, { weight }) => sum + weight, 0);
  // Each set spreads its weight over its localities; no choice takes more than the most of each.
  const most = new Map<string, number>();
  for (const { localities, weight } of members) {
    for (const locality of localities) {
      most.set(locality, Math.max(most.get(locality) ?? 0, weight / localities.size));
    }
  }
  const sum = [...most.values()].reduce((total, share) => total + share, 0);
  return { total: [least, Math.floor(sum)], chosen: chosen.map(({ index }) => index) };
}

/**
 * The largest total over pairwise disjoint sets, so that nobody is counted twice (indicator 4):
 * exact where at most 20 sets hang together, else as bounds, and said so.
 */
export function largestDisjointTotal(sets: readonly WeightedSet[]): LargestTotal {
  const members = sets.map(({ localities, weight }, index): Member => ({
    index,
    localities: new Set(localities),
    weight,
  }));
  let least = 0;
  let most = 0;
  let isBounded = false;
  const chosen: number[] = [];
  for (const component of componentsOf(withoutOutweighed(members))) {
    if (component.length <= MOST_SETS_TRIED) {
      const found = tryAll(component);
      least += found.total;
      most += found.total;
      chosen.push(...found.chosen);
    } else {
      const heaviestFirst = component.sort((a, b) => b.weight - a.weight || a.index - b.index);
      const found = bound(heaviestFirst);
      least += found.total[0];
      most += found.total[1];
      chosen.push(...found.chosen);
      isBounded = true;
    }
  }
  return { total: [least, most], chosen: chosen.sort((a, b) => a - b), isBounded };
}
