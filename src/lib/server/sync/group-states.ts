import type { Group } from '#lib/changes/change.ts';
import type { QuarantineCode } from '#lib/protocol/codes.ts';
import type { Role } from '#lib/protocol/roles.ts';
import type { OperationRows } from '../store/operation-rows.ts';
import { inPieces } from '../store/rows.ts';
import type { GroupState } from '../store/schema.ts';
import type { Author } from './incoming.ts';
import { readStoredGroup } from './stored-groups.ts';

export async function setState(
  { tx, operation }: OperationRows,
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
  rows: OperationRows,
  group: Group,
  code: QuarantineCode,
): Promise<void> {
  const { tx, operation } = rows;
  await setState(rows, [group.id], 'quarantined', code);
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
  rows: OperationRows,
  ids: readonly string[],
): Promise<{ group: Group; author: Author; kept: null }[]> {
  const groups = await rows.find('groups', ['id', 'bytes', 'author'], 'id', ids);
  const authors = groups.map((group) => group.author);
  const members = await rows.find('members', ['id', 'role'], 'id', authors);
  const roles = new Map(members.map((member) => [member.id, member.role as Role]));
  const byId = new Map(groups.map((group) => [group.id, group]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    const role = row && roles.get(row.author);
    if (!role) return [];
    const author = { member: row.author, role };
    return [{ group: readStoredGroup(row.bytes), author, kept: null }];
  });
}
