import type { Group } from '#lib/changes/change.ts';
import { concatBytes, toBase64Url } from '#lib/crypto/encoding.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
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

/** Groups as they were signed, and when they came. Bytes are read for what is sent, and nothing else. */
export async function readSigned(
  db: Queries,
  operation: string,
  ids: Iterable<string>,
): Promise<Map<string, { signed: string; received: string }>> {
  const rows = await rowsFor(ids, (piece) =>
    db
      .selectFrom('groups')
      .select(['id', 'bytes', 'signature', 'receivedAt'])
      .where('operation', '=', operation)
      .where('id', 'in', piece)
      .execute(),
  );
  return new Map(
    rows.map(({ id, bytes, signature, receivedAt }) => {
      const signed = toBase64Url(concatBytes(signature, bytes));
      return [id, { signed, received: new Date(receivedAt).toISOString() }];
    }),
  );
}

/** As many of these, from the first, as one answer may hold; at least one. */
export function pageOf<T extends { readonly size: number }>(rows: readonly T[]): T[] {
  let size = 0;
  const page: T[] = [];
  for (const row of rows.slice(0, LIMITS.groupsInPage)) {
    if (size > LIMITS.pageBytes) break;
    page.push(row);
    size += row.size;
  }
  return page;
}
