import { IDBFactory } from 'fake-indexeddb';
import {
  DeviceDatabase,
  type AttentionRow,
  type CursorRow,
  type GroupRow,
  type QueueRow,
  type RecordRow,
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

/** A store as `DeviceDatabase` makes it; what lies in it is put there without Dexie, which is slower. */
interface StorePlan {
  readonly name: string;
  readonly keyPath: string | string[];
  readonly indexes: readonly IDBIndex[];
}

interface Plan {
  readonly version: number;
  readonly stores: readonly StorePlan[];
}

let planned: Promise<Plan> | undefined;

/** The database as the application makes it on a new phone, through all of its versions. */
async function makePlan(): Promise<Plan> {
  const disk = new IDBFactory();
  const db = new DeviceDatabase(DEVICE_DATABASE, disk as unknown as globalThis.IDBFactory);
  await db.open();
  const idb = db.backendDB();
  const names = [...idb.objectStoreNames];
  const transaction = idb.transaction(names);
  const stores = names.map((name): StorePlan => {
    const store = transaction.objectStore(name);
    const indexes = [...store.indexNames].map((index) => store.index(index));
    return { name, keyPath: store.keyPath ?? [], indexes };
  });
  return { version: idb.version, stores };
}

const connections = new WeakMap<Disk, Promise<IDBDatabase>>();

/** The disk as it is seen from outside; opened once, because there are many looks at it. */
function connectionTo(disk: Disk): Promise<IDBDatabase> {
  return connections.get(disk) ?? connect(disk, disk.open(DEVICE_DATABASE));
}

function connect(disk: Disk, request: IDBOpenDBRequest): Promise<IDBDatabase> {
  const connection = done(request);
  connections.set(disk, connection);
  void connection.then((db) => {
    // It never stands in the way of a page that brings the disk to a newer version.
    db.onversionchange = () => {
      connections.delete(disk);
      db.close();
    };
  });
  return connection;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('a disk is not read'));
  });
}

async function readAll(disk: Disk, names: readonly string[]): Promise<Image> {
  const transaction = (await connectionTo(disk)).transaction(names);
  const all = names.map(async (name) => {
    return [name, await done(transaction.objectStore(name).getAll())] as const;
  });
  return Object.fromEntries(await Promise.all(all));
}

/** What anybody can read who holds the phone: rows as they lie there. */
export async function readPlain(disk: Disk): Promise<Plain> {
  const image = await readAll(disk, ['queue', 'attention', 'groups', 'cursors', 'transport']);
  const { transport = [], ...rest } = image;
  return { ...(rest as unknown as Omit<Plain, 'transport'>), transport: transport[0] as never };
}

/** A copy of a disk, as a backup or a clone of the phone takes it. */
export async function imageOf(disk: Disk): Promise<Image> {
  return readAll(disk, [...(await connectionTo(disk)).objectStoreNames]);
}

export async function diskOf(image: Image): Promise<Disk> {
  const { version, stores } = await (planned ??= makePlan());
  const disk = new IDBFactory();
  const request = disk.open(DEVICE_DATABASE, version);
  request.onupgradeneeded = () => {
    for (const { name, keyPath, indexes } of stores) {
      const store = request.result.createObjectStore(name, { keyPath });
      for (const { name: index, keyPath: path, unique, multiEntry } of indexes) {
        store.createIndex(index, path, { unique, multiEntry });
      }
      for (const row of image[name] ?? []) store.put(row);
    }
  };
  await connect(disk, request);
  return disk;
}

/** Bits that turned on the disk: some row of records can no more be opened. */
export async function damageRow(disk: Disk, at: number): Promise<void> {
  const { rows = [] } = await readAll(disk, ['rows']);
  const row = rows[at % Math.max(rows.length, 1)] as RecordRow | undefined;
  if (!row) return;
  const transaction = (await connectionTo(disk)).transaction('rows', 'readwrite');
  await done(
    transaction.objectStore('rows').put({ ...row, bytes: new Uint8Array(row.bytes.length) }),
  );
}
