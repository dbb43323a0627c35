/** A delivery that may be a second one for other people than those of another stop. */
interface Tranche {
  readonly id: string;
  readonly otherPeopleThan: string | null;
}

/**
 * Stops by the first of their tranches: a tranche for other people belongs to the stop that it
 * names, and with it to the one that this names in turn. Circles end where they began.
 */
export function byFirstTranche<T extends Tranche>(stops: readonly T[]): ReadonlyMap<string, T[]> {
  const byId = new Map(stops.map((stop) => [stop.id, stop]));
  const groups = new Map<string, T[]>();
  for (const stop of stops) {
    const seen = new Set<string>();
    let first = stop;
    for (;;) {
      const next = byId.get(first.otherPeopleThan ?? '');
      seen.add(first.id);
      if (!next || seen.has(next.id)) break;
      first = next;
    }
    // Of a circle any stop may be the first: the least id, so that it is the same for all.
    const ids =
      first.otherPeopleThan !== null && seen.has(first.otherPeopleThan) ? seen : [first.id];
    const [root = first.id] = [...ids].sort();
    groups.set(root, [...(groups.get(root) ?? []), stop]);
  }
  return groups;
}
