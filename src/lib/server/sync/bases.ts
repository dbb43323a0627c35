import type { Group } from '#lib/changes/change.ts';
import type { OperationRows } from '../store/operation-rows.ts';
import type { GroupState } from '../store/schema.ts';
import { inPieces } from '../store/rows.ts';

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
  rows: OperationRows,
  ids: Iterable<string>,
): Promise<Map<string, KnownChange>> {
  const changes = await rows.find('changes', ['id', 'groupId', 'record'], 'id', ids);
  const groupIds = changes.map((change) => change.groupId);
  const groups = await rows.find('groups', ['id', 'state'], 'id', groupIds);
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
  rows: OperationRows,
  held: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const { operation } = rows;
  const waits = [...held].flatMap(([groupId, changes]) =>
    changes.map((changeId) => ({ operation, changeId, groupId })),
  );
  await rows.insert('waits', waits);
}

/** Ids of held groups that wait for nothing any more, now that these changes are stored. */
export async function releasedBy(
  rows: OperationRows,
  changes: readonly string[],
): Promise<string[]> {
  const waiting = await rows.find('waits', ['groupId', 'changeId'], 'changeId', changes);
  if (waiting.length === 0) return [];
  for (const piece of inPieces([...new Set(waiting.map((row) => row.changeId))])) {
    await rows.tx
      .deleteFrom('waits')
      .where('operation', '=', rows.operation)
      .where('changeId', 'in', piece)
      .execute();
  }
  const candidates = [...new Set(waiting.map((row) => row.groupId))];
  const still = await rows.find('waits', ['groupId'], 'groupId', candidates);
  const stillWaiting = new Set(still.map((row) => row.groupId));
  return candidates.filter((id) => !stillWaiting.has(id));
}
