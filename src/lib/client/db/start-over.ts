import type { Stream } from '#lib/changes/change.ts';
import type { RecordState } from '#lib/changes/fold.ts';
import type { Result } from '#lib/domain/result.ts';
import { nothingOf, sealBases } from './bases.ts';
import { Overlay } from './overlay.ts';
import { foldInto } from './receive.ts';
import { openGroup } from './open-group.ts';
import type { RecordStore } from './record-store.ts';
import type { StorageError } from './storage-error.ts';

/**
 * Everything that the server gave leaves the device, and is pulled again from the beginning: so do
 * streams that it may no longer read. What the server does not have stays: nothing leaves the queue
 * (S6), and own groups are folded again as far as their bases are here (S9). Of a stream that is
 * `gone`, what was acknowledged leaves too: it can no more be pulled back. What asks for attention
 * waits for a person.
 */
export function startOver(
  store: RecordStore,
  gone: readonly Stream[],
): Promise<Result<null, StorageError>> {
  const { db } = store;
  return store.inTurn(() =>
    store.writing(async () => {
      const [rows, queue, attention] = await db.transaction(
        'r',
        [db.groups, db.queue, db.attention],
        () => Promise.all([db.groups.toArray(), db.queue.toArray(), db.attention.toArray()]),
      );
      const unsent = new Set(queue.flatMap((row) => (row.acked === 0 ? [row.group] : [])));
      const acked = new Set(queue.flatMap((row) => (row.acked === 1 ? [row.group] : [])));
      const aside = new Set(attention.map(({ group }) => group));
      const mine = rows.filter(
        ({ id, confirmed }) => confirmed === 0 || unsent.has(id) || aside.has(id),
      );
      const opened = await Promise.all(
        mine.map(async (row) => ({ row, signed: await openGroup(store, row) })),
      );
      const staying = opened.filter(({ row, signed }) => {
        const isGone = signed !== undefined && gone.includes(signed.group.stream);
        return !(isGone && acked.has(row.id) && !aside.has(row.id));
      });
      const fresh = new Overlay<RecordState>(new Map());
      const held = foldInto(
        fresh,
        staying.flatMap(({ row, signed }) => (signed && !aside.has(row.id) ? [signed] : [])),
      );
      const kept = staying.map(({ row }) => ({ ...row, held: held.has(row.id) ? 1 : 0 }) as const);
      const left = new Set(kept.map(({ id }) => id));
      const groupsLeft = staying.flatMap(({ signed }) => signed?.group ?? []);
      const bases = await sealBases(store, nothingOf(groupsLeft).values());
      const body = async (): Promise<void> => {
        const given = [db.groups, db.cursors, db.unread, db.snapshot, db.bases];
        await Promise.all(given.map((table) => table.clear()));
        await db.groups.bulkPut(kept);
        await db.bases.bulkPut(bases);
        await db.queue.filter(({ group }) => acked.has(group) && !left.has(group)).delete();
      };
      return { result: null, write: { states: [...fresh.values()], body, clears: true } };
    }),
  );
}

/** Whether something of a stream was given to the server and waits to be pulled back (S2). */
export async function waitsToComeBack(store: RecordStore, stream: Stream): Promise<boolean> {
  const acked = await store.db.queue.where('acked').equals(1).toArray();
  const ids = acked.map(({ group }) => group);
  const attention = await store.db.attention.bulkGet(ids);
  const rows = await store.db.groups.bulkGet(ids.filter((_, index) => !attention[index]));
  const opened = await Promise.all(rows.flatMap((row) => (row ? [openGroup(store, row)] : [])));
  return opened.some((one) => one?.group.stream === stream);
}
