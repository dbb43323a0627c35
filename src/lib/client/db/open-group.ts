import type { GroupRow } from './database.ts';
import type { SignedGroupOf } from './group-rows.ts';
import type { RecordStore } from './record-store.ts';

/** A stored group, or undefined where its row is damaged. */
export async function openGroup(
  store: RecordStore,
  row: Pick<GroupRow, 'id' | 'bytes'>,
): Promise<SignedGroupOf | undefined> {
  // A failing disk may give something that is no bytes at all.
  if (!((row.bytes as unknown) instanceof Uint8Array)) return undefined;
  const signed = await store.cipher.open(row.id, row.bytes);
  const group = signed ? store.readGroup(signed) : undefined;
  return signed && group ? { group, signed } : undefined;
}
