import { IDBFactory } from 'fake-indexeddb';
import {
  DeviceDatabase,
  type AttentionRow,
  type CursorRow,
  type GroupRow,
  type QueueRow,
  type TransportRow,
} from '#lib/client/db/database.ts';
import { DEVICE_DATABASE } from '#lib/client/db/names.ts';
import type { Disk } from './life.ts';

/** Everything that lies on a phone's disk. */
export type Image = Readonly<Record<string, readonly unknown[]>>;

export interface Plain {
  readonly queue: readonly QueueRow[];
  readonly attention: readonly AttentionRow[];
  readonly groups: readonly GroupRow[];
  readonly cursors: readonly CursorRow[];
  readonly transport: TransportRow | undefined;
}

const readers = new WeakMap<Disk, DeviceDatabase>();

/** The disk as a reader from outside sees it; opened once, because there are many looks at it. */
async function withDatabase<T>(disk: Disk, work: (db: DeviceDatabase) => Promise<T>): Promise<T> {
  const known = readers.get(disk);
  const db = known ?? new DeviceDatabase(DEVICE_DATABASE, disk as unknown as globalThis.IDBFactory);
  if (!known) readers.set(disk, db);
  return work(db);
}

/** What anybody can read who holds the phone: rows as they lie there. */
export function readPlain(disk: Disk): Promise<Plain> {
  return withDatabase(disk, (db) =>
    db.transaction('r', [db.queue, db.attention, db.groups, db.cursors, db.transport], async () => {
      const [queue, attention, groups, cursors, transport] = await Promise.all([
        db.queue.toArray(),
        db.attention.toArray(),
        db.groups.toArray(),
        db.cursors.toArray(),
        db.transport.get('transport'),
      ]);
      return { queue, attention, groups, cursors, transport };
    }),
  );
}

/** A copy of a disk, as a backup or a clone of the phone takes it. */
export function imageOf(disk: Disk): Promise<Image> {
  return withDatabase(disk, (db) =>
    db.transaction('r', db.tables, async () => {
      const rows = await Promise.all(db.tables.map((table) => table.toArray()));
      return Object.fromEntries(db.tables.map((table, index) => [table.name, rows[index] ?? []]));
    }),
  );
}

export async function diskOf(image: Image): Promise<Disk> {
  const disk = new IDBFactory();
  await withDatabase(disk, (db) =>
    db.transaction('rw', db.tables, async () => {
      for (const table of db.tables) await table.bulkPut([...(image[table.name] ?? [])]);
    }),
  );
  return disk;
}

/** Bits that turned on the disk: some row of records can no more be opened. */
export function damageRow(disk: Disk, at: number): Promise<void> {
  return withDatabase(disk, async (db) => {
    const rows = await db.rows.toArray();
    const row = rows[at % Math.max(rows.length, 1)];
    if (row) await db.rows.put({ ...row, bytes: new Uint8Array(row.bytes.length) });
  });
}
