import { MERGED_INTO, type Change, type Group } from '#lib/changes/change.ts';
import type { OperationRows } from '../store/operation-rows.ts';
import { basesOf, findChanges } from './bases.ts';

/**
 * A group that builds on one which `log` does not have yet, or adds to a record that `log` does not
 * have yet (the source of a report, a place that was new with it), waits with it: its readers would
 * learn that there is something. What is added to a record that all know waits for nothing.
 */
export async function bindFollowers(
  store: OperationRows,
  groups: readonly Group[],
  bound: Map<Group, Set<string>>,
): Promise<void> {
  const inLog = groups.filter((group) => group.stream === 'log');
  if (inLog.length === 0) return;
  const inBatch = new Map(
    groups.flatMap((group) => group.changes.map((change) => [change.id, group] as const)),
  );
  const outside = inLog
    .flatMap((group) => [...basesOf(group).keys()])
    .filter((id) => !inBatch.has(id));
  const waiting = await waitingConvoysOf(store, outside);
  const hidden = await hiddenRecords(store, inLog);
  const convoys = [...bound.values()].flatMap((set) => [...set]);
  const released = await releasedAmong(store, convoys);
  for (const group of inLog) {
    const convoys = bound.get(group) ?? new Set();
    bound.set(group, convoys);
    for (const id of basesOf(group).keys()) {
      const base = inBatch.get(id);
      const inherited = base ? [...(bound.get(base) ?? [])] : (waiting.get(id) ?? []);
      for (const convoy of inherited) convoys.add(convoy);
    }
    for (const record of group.changes.flatMap(recordsOf)) {
      for (const convoy of hidden.get(record) ?? []) convoys.add(convoy);
    }
    const left = [...convoys].filter((convoy) => !released.has(convoy));
    for (const { record } of group.changes) {
      const before = hidden.get(record);
      if (left.length === 0) hidden.set(record, new Set());
      else if (!before) hidden.set(record, new Set(left));
      else if (before.size > 0) for (const convoy of left) before.add(convoy);
    }
  }
}

/** The record that a change is of, and the one that it is merged into: both must be known to all. */
function recordsOf(change: Change): string[] {
  const target = change.fields[MERGED_INTO]?.value;
  return typeof target === 'string' ? [change.record, target] : [change.record];
}

/**
 * Of the records that these groups change: the convoys that keep all of a record back so far; none
 * where `log` has some of it. A record that is new is not named.
 */
async function hiddenRecords(
  store: OperationRows,
  groups: readonly Group[],
): Promise<Map<string, Set<string>>> {
  const own = new Set(groups.map((group) => group.id));
  const records = groups.flatMap((group) => group.changes.flatMap(recordsOf));
  const rows = await store.find('changes', ['record', 'groupId'], 'record', records);
  const earlier = rows.filter((row) => !own.has(row.groupId));
  const groupIds = earlier.map((row) => row.groupId);
  const published = await store.find('publication', ['groupId', 'stream'], 'groupId', groupIds);
  const streams = Map.groupBy(published, (row) => row.groupId);
  const unseen = groupIds.filter((id) => !streams.get(id)?.some((row) => row.stream === 'log'));
  const waiting = await unreleasedConvoysOf(store, unseen);
  const hidden = new Map<string, Set<string>>();
  for (const { record, groupId } of earlier) {
    const before = hidden.get(record);
    if (!streams.has(groupId) || before?.size === 0) continue;
    const convoys = waiting.get(groupId) ?? [];
    if (convoys.length === 0) hidden.set(record, new Set());
    else hidden.set(record, new Set([...(before ?? []), ...convoys]));
  }
  return hidden;
}

/** Convoys that are still kept back, by the changes that tell of them. */
async function waitingConvoysOf(
  store: OperationRows,
  changes: readonly string[],
): Promise<Map<string, string[]>> {
  const known = await findChanges(store, changes);
  const groupIds = [...known.values()].map((change) => change.groupId);
  const byGroup = await unreleasedConvoysOf(store, groupIds);
  return new Map([...known].map(([id, { groupId }]) => [id, byGroup.get(groupId) ?? []]));
}

async function unreleasedConvoysOf(
  store: OperationRows,
  groupIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await store.find('convoyGroups', ['groupId', 'convoy'], 'groupId', groupIds);
  const convoys = rows.map((row) => row.convoy);
  const released = await releasedAmong(store, convoys);
  const byGroup = new Map<string, string[]>();
  for (const { groupId, convoy } of rows) {
    if (released.has(convoy)) continue;
    byGroup.set(groupId, [...(byGroup.get(groupId) ?? []), convoy]);
  }
  return byGroup;
}

/** Of these convoys those that `log` may show. */
export async function releasedAmong(
  store: OperationRows,
  convoys: Iterable<string>,
): Promise<Set<string>> {
  const rows = await store.find('convoys', ['convoy', 'releasedAt'], 'convoy', convoys);
  return new Set(rows.filter((row) => row.releasedAt !== null).map((row) => row.convoy));
}
