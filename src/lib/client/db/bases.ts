import type { Group } from '#lib/changes/change.ts';
import type { RecordState } from '#lib/changes/fold.ts';
import { decodeRecords, encodeRecords } from './record-codec.ts';
import type { BaseRow } from './database.ts';
import type { RecordStore } from './record-store.ts';

/**
 * A record that came in a snapshot has no groups here from which it could be folded again. As it was
 * before this device first changed it, it is kept: so what the server sets aside can be left out.
 */
export async function basesFor(store: RecordStore, groups: readonly Group[]): Promise<BaseRow[]> {
  if ((await store.db.snapshot.count()) === 0) return [];
  const records = new Set(groups.flatMap(({ changes }) => changes.map(({ record }) => record)));
  const known = new Set(await store.db.bases.toCollection().primaryKeys());
  const missing = [...records].flatMap((id) => (known.has(id) ? [] : (store.states.get(id) ?? [])));
  return Promise.all(
    missing.map(async (state) => ({
      id: state.id,
      bytes: await store.cipher.seal(state.id, encodeRecords([state])),
    })),
  );
}

/** Writes them; to be called inside the saving transaction. The first one of a record stands. */
export async function putBases({ db }: RecordStore, rows: readonly BaseRow[]): Promise<void> {
  if (rows.length === 0) return;
  const there = await db.bases.bulkGet(rows.map(({ id }) => id));
  await db.bases.bulkPut(rows.filter((_, index) => !there[index]));
}

/** What is kept of these records, by id. */
export async function basesOf(
  { db, cipher }: RecordStore,
  records: readonly string[],
): Promise<ReadonlyMap<string, RecordState>> {
  const rows = (await db.bases.bulkGet([...records])).flatMap((row) => row ?? []);
  const opened = await Promise.all(rows.map((row) => cipher.open(row.id, row.bytes)));
  const states = opened.flatMap((bytes) => (bytes ? decodeRecords(bytes).states : []));
  return new Map(states.map((state) => [state.id, state]));
}
