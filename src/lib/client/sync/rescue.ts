import { toBase64Url } from '#lib/crypto/encoding.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { RelayFile } from '#lib/protocol/relay-file.ts';
import type { QueueRow, RevisionRow } from '../db/database.ts';
import { openExisting } from './locked-sender.ts';

/**
 * The way out where the database of this device cannot be opened as it should, on bare IndexedDB
 * and without the passphrase: what waits goes into a file, as sealed as it lies here, and what the
 * server can give again is let go, so that the rest opens.
 */

export interface Unsent {
  readonly file: RelayFile;
  /** Rows of the queue that could not be read. */
  readonly lost: number;
}

/** Why not: `unreadable`, nothing opens; otherwise the name of the browser's error. */
export interface RescueError {
  readonly type: 'rescue_failed';
  readonly reason: string;
}

/** Everything that waits on this device and can be read, acknowledged or not (S2). */
export async function readUnsent(): Promise<Result<Unsent, RescueError>> {
  return withDatabase(async (db) => {
    const store = db.transaction('queue', 'readonly').objectStore('queue');
    const keys = await done(store.getAllKeys());
    const rows: QueueRow[] = [];
    let lost = 0;
    for (const key of keys) {
      try {
        // A transaction each: one row that cannot be read ends its transaction.
        const one = db.transaction('queue', 'readonly').objectStore('queue').get(key);
        rows.push((await done(one)) as QueueRow);
      } catch {
        lost += 1;
      }
    }
    const envelopes = rows.map(({ replica, n, envelope }) => {
      return { replica, n, envelope: toBase64Url(envelope) };
    });
    return { file: { format: 'crossline relay 1', envelopes }, lost };
  });
}

/** What the server gives again. Keys, queue, groups, and what needs attention are never among it. */
const GIVEN = ['pages', 'rows', 'cursors', 'unread', 'snapshot', 'bases'];

/**
 * Lets go of all records that the server gave, in one transaction; what was made here stays and is
 * shown again once this device is unlocked (`startOver`).
 */
export async function forgetRecords(): Promise<Result<null, RescueError>> {
  return withDatabase(async (db) => {
    const names = [...GIVEN, 'revision'].filter((name) => db.objectStoreNames.contains(name));
    const tx = db.transaction(names, 'readwrite', { durability: 'strict' });
    const committed = new Promise<void>((resolve, reject) => {
      tx.oncomplete = () => resolve();
      tx.onabort = () => reject(tx.error ?? new DOMException('', 'AbortError'));
    });
    for (const name of names) if (name !== 'revision') tx.objectStore(name).clear();
    const reading = tx.objectStore('revision').get('revision') as IDBRequest<
      RevisionRow | undefined
    >;
    reading.onsuccess = () => {
      const rev = (reading.result?.rev ?? 0) + 1;
      const row: RevisionRow = { id: 'revision', rev, cleared: rev };
      tx.objectStore('revision').put(row);
    };
    await committed;
    return null;
  });
}

async function withDatabase<T>(
  work: (db: IDBDatabase) => Promise<T>,
): Promise<Result<T, RescueError>> {
  const db = await openExisting();
  if (!db) return err({ type: 'rescue_failed', reason: 'unreadable' });
  try {
    return ok(await work(db));
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.name : 'unreadable';
    return err({ type: 'rescue_failed', reason });
  } finally {
    db.close();
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException('', 'UnknownError'));
  });
}
