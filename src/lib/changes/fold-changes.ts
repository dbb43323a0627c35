import type { Change, Group } from './change.ts';
import { applyChange, missingBases, type RecordState } from './fold.ts';

export interface Folded {
  readonly records: ReadonlyMap<string, RecordState>;
  /** S9: groups with a change whose base is not here: kept whole, applied when it comes. */
  readonly held: readonly Group[];
}

/**
 * Groups, in any order and any number of times, to the states of their records (S5). A group goes
 * in whole or is held whole (S9); what waits for a change is tried again when that has gone in.
 */
export function foldGroups(
  groups: Iterable<Group>,
  start: ReadonlyMap<string, RecordState> = new Map(),
): Folded {
  const records = new Map(start);
  const unapplied = new Map<string, Group>();
  for (const group of groups) unapplied.set(group.id, group);
  const waitingFor = new Map<string, Group[]>();
  const next = [...unapplied.values()].reverse();
  for (let group = next.pop(); group; group = next.pop()) {
    const applied = applyGroup(records, group);
    if (!applied) {
      const [missing] = missingBasesOf(records, group);
      if (missing === undefined) continue; // builds on itself: no order of changes brings it in
      const waiting = waitingFor.get(missing);
      if (waiting) waiting.push(group);
      else waitingFor.set(missing, [group]);
      continue;
    }
    unapplied.delete(group.id);
    for (const state of applied) records.set(state.id, state);
    for (const { id } of group.changes) {
      next.push(...(waitingFor.get(id) ?? []));
      waitingFor.delete(id);
    }
  }
  return { records, held: [...unapplied.values()] };
}

/**
 * The states that the group's records have with it applied, or undefined where a base is missing
 * (S9). A base may be an earlier change of the same group.
 */
export function applyGroup(
  records: ReadonlyMap<string, RecordState>,
  group: Group,
): RecordState[] | undefined {
  const touched = new Map<string, RecordState>();
  let waiting: readonly Change[] = group.changes;
  while (waiting.length > 0) {
    const left: Change[] = [];
    for (const change of waiting) {
      const applied = applyChange(touched.get(change.record) ?? records.get(change.record), change);
      if (applied.ok) touched.set(change.record, applied.value);
      else left.push(change);
    }
    if (left.length === waiting.length) return undefined;
    waiting = left;
  }
  return [...touched.values()];
}

/** Ids of the changes that a group builds on and that are neither applied nor in the group. */
export function missingBasesOf(records: ReadonlyMap<string, RecordState>, group: Group): string[] {
  const own = new Set(group.changes.map((change) => change.id));
  const missing = new Set<string>();
  for (const change of group.changes) {
    for (const id of missingBases(records.get(change.record), change)) {
      if (!own.has(id)) missing.add(id);
    }
  }
  return [...missing];
}
