import type { Group } from '#lib/changes/change.ts';
import type { GroupState } from '../store/schema.ts';
import { inPieces, insertAll, rowsFor } from '../store/rows.ts';
import type { Tx } from '../store/store.ts';

/** Where the server has a change. */
export interface KnownChange {
  readonly groupId: string;
  readonly record: string;
  readonly state: GroupState;
}

/** Ids of the changes a group builds on, outside itself, each with the record it must belong to. */
export function basesOf(group: Group): Map<string, string> {
  const own = new Set(group.changes.map((change) => change.id));
  const bases = new Map<string, string>();
  for (const change of group.changes) {
    for (const { base } of Object.values(change.fields)) {
      for (const id of base) if (!own.has(id)) bases.set(id, change.record);
    }
  }
  return bases;
}

/** Two plain look-ups by key: joined, PostgreSQL reads whole tables before it has statistics. */
export async function findChanges(
  tx: Tx,
  operation: string,
  ids: Iterable<string>,
): Promise<Map<string, KnownChange>> {
  const changes = await rowsFor(ids, (piece) =>
    tx
      .selectFrom('changes')
      .select(['id', 'groupId', 'record'])
      .where('operation', '=', operation)
      .where('id', 'in', piece)
      .execute(),
  );
  const groups = await rowsFor(
    changes.map((change) => change.groupId),
    (piece) =>
      tx
        .selectFrom('groups')
        .select(['id', 'state'])
        .where('operation', '=', operation)
        .where('id', 'in', piece)
        .execute(),
  );
  const states = new Map(groups.map((group) => [group.id, group.state]));
  return new Map(
    changes.map(({ id, groupId, record }) => {
      const state = states.get(groupId) ?? 'quarantined';
      return [id, { groupId, record, state }];
    }),
  );
}

/** Notes what a held group waits for (S9). */
export async function hold(
  tx: Tx,
  operation: string,
  held: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const rows = [...held].flatMap(([groupId, changes]) =>
    changes.map((changeId) => ({ operation, changeId, groupId })),
  );
  await insertAll(rows, (piece) => tx.insertInto('waits').values(piece).execute());
}

/** Ids of held groups that wait for nothing any more, now that these changes are stored. */
export async function releasedBy(
  tx: Tx,
  operation: string,
  changes: readonly string[],
): Promise<string[]> {
  const waiting = await rowsFor(changes, (piece) =>
    tx
      .selectFrom('waits')
      .select(['groupId', 'changeId'])
      .where('operation', '=', operation)
      .where('changeId', 'in', piece)
      .execute(),
  );
  if (waiting.length === 0) return [];
  for (const piece of inPieces([...new Set(waiting.map((row) => row.changeId))])) {
    await tx
      .deleteFrom('waits')
      .where('operation', '=', operation)
      .where('changeId', 'in', piece)
      .execute();
  }
  const candidates = [...new Set(waiting.map((row) => row.groupId))];
  const still = await rowsFor(candidates, (piece) =>
    tx
      .selectFrom('waits')
      .select('groupId')
      .where('operation', '=', operation)
      .where('groupId', 'in', piece)
      .execute(),
  );
  const stillWaiting = new Set(still.map((row) => row.groupId));
  return candidates.filter((id) => !stillWaiting.has(id));
}
