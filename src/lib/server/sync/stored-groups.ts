import type { Group } from '#lib/changes/change.ts';
import { decodeGroup } from '#lib/protocol/group-codec.ts';
import { rowsFor } from '../store/rows.ts';
import type { Queries } from '../store/store.ts';

/** The group that these stored bytes hold. They were checked when they came in. */
export function readStoredGroup(bytes: Uint8Array): Group {
  const group = decodeGroup(bytes);
  if (!group.ok) throw new Error(`a stored group cannot be read: ${group.error.reason}`);
  return group.value;
}

/** Groups by id; what is not stored (held, set aside, unknown) is left out. */
export async function readGroups(
  db: Queries,
  operation: string,
  ids: Iterable<string>,
): Promise<Map<string, Group>> {
  const rows = await rowsFor(ids, (piece) =>
    db
      .selectFrom('groups')
      .select(['id', 'bytes'])
      .where('operation', '=', operation)
      .where('id', 'in', piece)
      .where('state', '=', 'stored')
      .execute(),
  );
  return new Map(rows.map((row) => [row.id, readStoredGroup(row.bytes)]));
}
