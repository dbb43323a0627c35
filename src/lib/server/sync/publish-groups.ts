import type { Group } from '#lib/changes/change.ts';
import { insertAll, rowsFor } from '../store/rows.ts';
import type { Tx } from '../store/store.ts';
import { basesOf, findChanges } from './bases.ts';
import { bindConvoys } from './convoy-binding.ts';
import type { Publication } from './publication.ts';

/**
 * Makes stored groups readable, in their order. What tells of a convoy goes to `movements`, and to
 * `log` as well once every convoy it tells of has been let go; everything else goes to its own
 * stream. Returns the convoys that may have to be looked at again.
 */
export async function publishGroups(
  tx: Tx,
  operation: string,
  groups: readonly Group[],
  publication: Publication,
): Promise<Set<string>> {
  const bound = await bindConvoys(tx, operation, groups);
  await bindByBases(tx, operation, groups, bound);
  const convoys = new Set([...bound.values()].flatMap((set) => [...set]));
  const released = await releasedAmong(tx, operation, convoys);
  const rows = groups.flatMap((group) =>
    [...(bound.get(group) ?? [])].map((convoy) => ({ operation, convoy, groupId: group.id })),
  );
  await insertAll(rows, (piece) => tx.insertInto('convoyGroups').values(piece).execute());
  await rememberConvoys(tx, operation, convoys);
  for (const group of groups) {
    const own = [...(bound.get(group) ?? [])];
    if (group.stream === 'movements' || own.length > 0) publication.publish('movements', group.id);
    const isFree = own.every((convoy) => released.has(convoy));
    if (group.stream === 'log' && isFree) publication.publish('log', group.id);
  }
  return new Set([...convoys].filter((convoy) => !released.has(convoy)));
}

/**
 * A group that builds on one which `log` does not have yet waits with it: its readers would have
 * to hold it, and would learn that there is something.
 */
async function bindByBases(
  tx: Tx,
  operation: string,
  groups: readonly Group[],
  bound: Map<Group, Set<string>>,
): Promise<void> {
  const followers = groups.filter((group) => group.stream === 'log' && basesOf(group).size > 0);
  if (followers.length === 0) return;
  const inBatch = new Map(
    groups.flatMap((group) => group.changes.map((change) => [change.id, group] as const)),
  );
  const outside = followers
    .flatMap((group) => [...basesOf(group).keys()])
    .filter((id) => !inBatch.has(id));
  const waiting = await waitingConvoysOf(tx, operation, outside);
  for (const group of followers) {
    const convoys = bound.get(group) ?? new Set();
    bound.set(group, convoys);
    for (const id of basesOf(group).keys()) {
      const base = inBatch.get(id);
      const inherited = base ? [...(bound.get(base) ?? [])] : (waiting.get(id) ?? []);
      for (const convoy of inherited) convoys.add(convoy);
    }
  }
}

/** Convoys that are still kept back, by the changes that tell of them. */
async function waitingConvoysOf(
  tx: Tx,
  operation: string,
  changes: readonly string[],
): Promise<Map<string, string[]>> {
  const known = await findChanges(tx, operation, changes);
  const rows = await rowsFor(
    [...known.values()].map((change) => change.groupId),
    (piece) =>
      tx
        .selectFrom('convoyGroups')
        .select(['groupId', 'convoy'])
        .where('operation', '=', operation)
        .where('groupId', 'in', piece)
        .execute(),
  );
  const convoys = rows.map((row) => row.convoy);
  const released = await releasedAmong(tx, operation, convoys);
  const byGroup = Map.groupBy(rows, (row) => row.groupId);
  return new Map(
    [...known].map(([id, { groupId }]) => {
      const bound = (byGroup.get(groupId) ?? []).map((row) => row.convoy);
      return [id, bound.filter((convoy) => !released.has(convoy))];
    }),
  );
}

async function releasedAmong(
  tx: Tx,
  operation: string,
  convoys: Iterable<string>,
): Promise<Set<string>> {
  const rows = await rowsFor(convoys, (piece) =>
    tx
      .selectFrom('convoys')
      .select('convoy')
      .where('operation', '=', operation)
      .where('convoy', 'in', piece)
      .where('releasedAt', 'is not', null)
      .execute(),
  );
  return new Set(rows.map((row) => row.convoy));
}

async function rememberConvoys(tx: Tx, operation: string, convoys: Set<string>): Promise<void> {
  const rows = [...convoys].map((convoy) => ({
    operation,
    convoy,
    endedAt: null,
    dueAt: null,
    releasedAt: null,
  }));
  await insertAll(rows, (piece) =>
    tx
      .insertInto('convoys')
      .values(piece)
      .onConflict((c) => c.doNothing())
      .execute(),
  );
}
