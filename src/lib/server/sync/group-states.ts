import type { Group } from '#lib/changes/change.ts';
import type { QuarantineCode } from '#lib/protocol/codes.ts';
import type { Role } from '#lib/protocol/roles.ts';
import { inPieces, rowsFor } from '../store/rows.ts';
import type { GroupState } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';
import type { Author } from './incoming.ts';
import { readStoredGroup } from './stored-groups.ts';

export async function setState(
  tx: Tx,
  operation: string,
  ids: readonly string[],
  state: GroupState,
  code: QuarantineCode | null,
): Promise<void> {
  for (const piece of inPieces(ids)) {
    await tx
      .updateTable('groups')
      .set({ state, code })
      .where('operation', '=', operation)
      .where('id', 'in', piece)
      .execute();
  }
}

/** Sets a group aside: kept with its code, and no change can build on it. */
export async function quarantine(
  tx: Tx,
  operation: string,
  group: Group,
  code: QuarantineCode,
): Promise<void> {
  await setState(tx, operation, [group.id], 'quarantined', code);
  for (const piece of inPieces(group.changes.map((change) => change.id))) {
    await tx
      .deleteFrom('changes')
      .where('operation', '=', operation)
      .where('id', 'in', piece)
      .where('groupId', '=', group.id)
      .execute();
  }
}

/** Groups that were held until now, with the role that their authors have today. */
export async function readHeld(
  tx: Tx,
  operation: string,
  ids: readonly string[],
): Promise<{ group: Group; author: Author; kept: null }[]> {
  const rows = await rowsFor(ids, (piece) =>
    tx
      .selectFrom('groups')
      .innerJoin('members', 'members.id', 'groups.author')
      .select(['groups.id', 'groups.bytes', 'groups.author', 'members.role'])
      .where('groups.operation', '=', operation)
      .where('groups.id', 'in', piece)
      .execute(),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const author = { member: row.author, role: row.role as Role };
    return [{ group: readStoredGroup(row.bytes), author, kept: null }];
  });
}
