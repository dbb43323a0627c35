import { randomId } from '#lib/crypto/random.ts';
import type { CursorRow, UnreadRow } from './database.ts';
import type { SignedGroupOf } from './group-rows.ts';
import { receive } from './receive.ts';
import type { RecordStore } from './record-store.ts';

/**
 * Groups that came and cannot be read: of a newer version of the application, or damaged on the
 * way. None is lost: they are kept as they came, told of, and asked for again.
 */

const SIGNATURE = 64;
/** Milliseconds between two times that the same group is asked for. */
const ASK_AGAIN = 24 * 3_600_000;

/** The id that such a group goes by: its own where it can be made out. */
export function idOfUnread(signed: Uint8Array): string {
  const start = new TextDecoder().decode(signed.subarray(SIGNATURE, SIGNATURE + 100));
  return /^\[\d+,"([A-Za-z0-9_-]{1,64})"/.exec(start)?.[1] ?? randomId();
}

/** After an update of the application: what can be read by now goes in. */
export async function readUnread(store: RecordStore): Promise<void> {
  const rows = await store.db.unread.toArray();
  const groups: SignedGroupOf[] = [];
  for (const row of rows) {
    const signed = await store.cipher.open(row.id, row.bytes);
    const group = signed && store.readGroup(signed);
    if (group) groups.push({ group, signed });
  }
  if (groups.length > 0) await receive(store, { groups });
}

/** A place from which to ask again for what could not be read, if it is time to; notes that it is done. */
export async function placeToAskAgain(
  store: RecordStore,
  now: number,
): Promise<CursorRow | undefined> {
  const isDue = ({ asked }: UnreadRow): boolean => Math.abs(now - Date.parse(asked)) >= ASK_AGAIN;
  const due = (await store.db.unread.toArray()).find(isDue);
  if (!due) return undefined;
  const { stream, after } = due;
  await store.db.unread
    .filter((row) => row.stream === stream && row.after.seq === after.seq)
    .modify({ asked: new Date(now).toISOString() });
  return { stream, ...after };
}
