import type { Change, Group } from './change.ts';
import { applyChange, missingBases, type RecordState } from './fold.ts';

export interface Folded {
  readonly records: ReadonlyMap<string, RecordState>;
  /** S9: groups with a change whose base is not here: kept whole, applied when it comes. */
  readonly held: readonly Group[];
}

/**
 * Groups, in any order and any number of times, to the states of their records (S5). A group goes
 * in whole or is held whole (S9); what was held before is tried again after every group that went in.
 */
export function foldGroups(
  groups: Iterable<Group>,
  start: ReadonlyMap<string, RecordState> = new Map(),
): Folded {
  const records = new Map(start);
  let waiting = new Map<string, Group>();
  for (const group of groups) waiting.set(group.id, group);
  for (;;) {
    const held = new Map<string, Group>();
    for (const group of waiting.values()) {
      const applied = applyGroup(records, group);
      if (applied) for (const state of applied) records.set(state.id, state);
      else held.set(group.id, group);
    }
    if (held.size === waiting.size) return { records, held: [...held.values()] };
    waiting = held;
  }
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
