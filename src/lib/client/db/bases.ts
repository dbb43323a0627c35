import type { Group } from '#lib/changes/change.ts';
import type { RecordState } from '#lib/changes/fold.ts';
import { decodeRecords, encodeRecords } from './record-codec.ts';
import type { BaseRow } from './database.ts';
import type { RecordStore } from './record-store.ts';

/**
 * A record that came in a snapshot has no groups here from which it could be folded again. As it was
 * before this device first changed it, it is kept: so what the server sets aside can be left out. A
 * record that this device makes was nothing before; a snapshot that is still to come may tell more.
 */
export async function basesFor(store: RecordStore, groups: readonly Group[]): Promise<BaseRow[]> {
  if (!(await mayKnowMoreThanGroups(store))) return [];
  const records = [...nothingOf(groups).values()];
  const known = await store.db.bases.bulkGet(records.map(({ id }) => id));
  const missing = records.filter((_, index) => !known[index]);
  return sealBases(
    store,
    missing.map((nothing) => store.states.get(nothing.id) ?? nothing),
  );
}

/** Of the records that these groups change: what they are without them. */
export function nothingOf(groups: readonly Group[]): Map<string, RecordState> {
  return new Map(
    groups.flatMap(({ changes }) =>
      changes.map(({ record, kind }) => [record, { id: record, kind, fields: {}, seen: [] }]),
    ),
  );
}

/** Not the example, which never syncs, nor a device that began by pulling every group. */
function mayKnowMoreThanGroups({ db }: RecordStore): Promise<boolean> {
  return db.transaction('r', [db.transport, db.snapshot, db.cursors], async () => {
    if ((await db.transport.count()) === 0) return false;
    return (await db.snapshot.count()) > 0 || (await db.cursors.count()) === 0;
  });
}

export function sealBases(
  { cipher }: RecordStore,
  states: Iterable<RecordState>,
): Promise<BaseRow[]> {
  return Promise.all(
    Array.from(states, async (state) => ({
      id: state.id,
      bytes: await cipher.seal(state.id, encodeRecords([state]).bytes),
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
