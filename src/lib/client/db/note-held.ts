import type { AttentionRow, GroupRow } from './database.ts';
import type { RecordStore, Write } from './record-store.ts';

/** What a person built on a group that was set aside can no more be shown, nor silently vanish. */
export function noteHeld(
  { db }: RecordStore,
  rows: readonly GroupRow[],
  held: ReadonlySet<string>,
  aside: ReadonlySet<string>,
): Write['body'] {
  const changed = rows.flatMap((row) =>
    row.held === (held.has(row.id) ? 1 : 0)
      ? []
      : [{ ...row, held: held.has(row.id) ? 1 : 0 } as const],
  );
  const orphaned = changed.filter((row) => row.held === 1 && row.confirmed === 0);
  return async () => {
    if (changed.length > 0) await db.groups.bulkPut(changed);
    await db.attention.bulkPut(
      orphaned
        .filter((row) => !aside.has(row.id))
        .map((row): AttentionRow => ({ group: row.id, code: 'base_missing' })),
    );
  };
}
