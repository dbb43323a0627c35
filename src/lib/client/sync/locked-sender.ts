import { SCHEMA } from '#lib/changes/change.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { DEVICE_DATABASE } from '../db/names.ts';
import type { QueueRow, TransportRow } from '../db/database.ts';
import { SYNC_LOCK } from './lock-name.ts';

/**
 * Sends the queue of a locked device, from its lock screen or from the service worker: envelopes as
 * they are, with the token that can do nothing else. On bare IndexedDB, because both places have
 * to stay small. What was sent stays in the queue, marked, until it was pulled back (S2).
 */

/**
 * `revoked`: an owner said that this device was lost or taken, or it is leaving and holds nothing that
 * the server has not recorded (S6); it has to be wiped.
 */
export type LockedOutcome =
  'not_enrolled' | 'all_sent' | 'busy' | 'offline' | 'refused' | 'revoked';

const MOST_AT_ONCE = 100;
/** Sent in about six seconds at 30 KB/s: whoever unlocks meanwhile waits for no more than that. */
const MOST_BYTES = 128 * 1024;
/** Milliseconds before a connection is taken for dead. */
const PATIENCE = 30_000;

interface PushAnswer {
  readonly acked?: number;
  readonly quarantined?: readonly { readonly n?: number; readonly code: string }[];
}

/** What lies around the sender: a page or a service worker has all of it. */
export interface Surroundings {
  readonly indexedDB: IDBFactory;
  readonly locks: {
    request<T>(
      name: string,
      options: LockOptions,
      callback: (lock: Lock | null) => Promise<T>,
    ): Promise<T>;
    query(): Promise<Pick<LockManagerSnapshot, 'pending'>>;
  };
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
}

const ownSurroundings = (): Surroundings => ({
  indexedDB,
  fetch: (path, init) => fetch(path, init),
  locks: navigator.locks,
});

/** Sends what waits; with nothing to send it asks all the same, so that a wipe reaches this device. */
export async function sendWhileLocked(around = ownSurroundings()): Promise<LockedOutcome> {
  return around.locks.request(SYNC_LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) return 'busy'; // an unlocked tab is sending
    const db = await openExisting(around.indexedDB);
    if (!db) return 'not_enrolled';
    try {
      let most = MOST_AT_ONCE;
      for (;;) {
        const batch = await nextBatch(db, most);
        if (!batch) return 'not_enrolled';
        const outcome = await send(db, batch, around);
        if (outcome === 'too_large') {
          if (batch.rows.length < 2) return 'refused';
          most = Math.ceil(batch.rows.length / 2);
          continue;
        }
        // Ended by its owner: with nothing left to send it hears how. What was saved meanwhile, by
        // somebody who unlocked, goes first (S6).
        if (outcome === 'ended') continue;
        if (outcome === 'leaving') {
          if ((await nextBatch(db, most))?.rows.length === 0) return 'revoked';
          continue;
        }
        if (outcome !== 'sent') return outcome;
        if (batch.isLast) return 'all_sent';
        if (await isWaitedFor(around)) return 'busy';
      }
    } finally {
      db.close();
    }
  });
}

/** Somebody unlocked: a tab sends what is left, and pulls as well, which nobody can here (S8). */
async function isWaitedFor({ locks }: Surroundings): Promise<boolean> {
  const { pending = [] } = await locks.query();
  return pending.some(({ name }) => name === SYNC_LOCK);
}

interface Batch {
  readonly transport: TransportRow;
  readonly rows: readonly QueueRow[];
  readonly isLast: boolean;
}

async function nextBatch(db: IDBDatabase, most: number): Promise<Batch | undefined> {
  const tx = db.transaction(['transport', 'queue'], 'readonly');
  const unsent = tx.objectStore('queue').index('acked');
  const [transport, found] = await Promise.all([
    done<TransportRow | undefined>(tx.objectStore('transport').get('transport')),
    done<QueueRow[]>(unsent.getAll(0, most + 1)),
  ]);
  if (!transport) return undefined;
  const waiting = found.filter((row) => row.replica === transport.replica);
  const rows: QueueRow[] = [];
  let size = 0;
  for (const row of waiting) {
    const isNext = rows.length === 0 || row.n === (rows.at(-1)?.n ?? 0) + 1;
    if (!isNext || rows.length >= most || (size > 0 && size + row.size > MOST_BYTES)) break;
    rows.push(row);
    size += row.size;
  }
  return { transport, rows, isLast: rows.length === waiting.length };
}

async function send(
  db: IDBDatabase,
  { transport, rows }: Batch,
  { fetch }: Surroundings,
): Promise<'sent' | 'ended' | 'offline' | 'too_large' | 'refused' | 'leaving' | 'revoked'> {
  const { epoch, replica, pushToken } = transport;
  const from = rows[0]?.n ?? transport.n + 1;
  const envelopes = rows.map((row) => base64Url(row.envelope));
  let answer: PushAnswer;
  try {
    const response = await fetch(PATHS.push, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${pushToken}` },
      body: JSON.stringify({ epoch, replica, from, envelopes, schema: SCHEMA }),
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.status === 413) return 'too_large';
    if (response.status >= 500 || response.status === 429) return 'offline';
    if (!response.ok) return refusal(await response.json(), rows.length > 0);
    answer = (await response.json()) as PushAnswer;
  } catch {
    return 'offline';
  }
  // A gap or a fork needs new numbers: the unlocked page gives them.
  if (typeof answer.acked !== 'number' || answer.acked < (rows[0]?.n ?? 0)) return 'refused';
  const quarantined = answer.quarantined ?? [];
  await note(db, rows, answer.acked, quarantined);
  return quarantined.some(({ code }) => code === 'device_revoked') ? 'ended' : 'sent';
}

/** A device that is leaving goes when nothing waits here any more: until then it keeps trying. */
function refusal(answer: unknown, hasUnsent: boolean): 'refused' | 'leaving' | 'revoked' {
  const { code, as } = (answer ?? {}) as { code?: unknown; as?: unknown };
  if (code !== 'revoked') return 'refused';
  if (as === 'lost') return 'revoked';
  return as === 'leaving' && !hasUnsent ? 'leaving' : 'refused';
}

async function note(
  db: IDBDatabase,
  rows: readonly QueueRow[],
  acked: number,
  quarantined: NonNullable<PushAnswer['quarantined']>,
): Promise<void> {
  const tx = db.transaction(['queue', 'attention', 'transport'], 'readwrite', {
    durability: 'strict',
  });
  const transports = tx.objectStore('transport');
  const reading = transports.get('transport') as IDBRequest<TransportRow | undefined>;
  reading.onsuccess = () => {
    const lastContact = new Date().toISOString();
    if (reading.result) transports.put({ ...reading.result, lastContact });
  };
  for (const row of rows) {
    if (row.n > acked) continue;
    const aside = quarantined.find(({ n }) => n === row.n);
    if (aside) {
      tx.objectStore('attention').put({ group: row.group, code: String(aside.code) });
      tx.objectStore('queue').delete([row.replica, row.n]);
    } else {
      tx.objectStore('queue').put({ ...row, acked: 1 });
    }
  }
  await new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onerror = tx.onabort = () => reject(new Error(tx.error?.name ?? 'AbortError'));
  });
}

/** Never makes a database: a device that is not enrolled has none. */
export async function openExisting(from = indexedDB): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    const request = from.open(DEVICE_DATABASE);
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onerror = () => resolve(undefined);
    request.onsuccess = () => {
      const db = request.result;
      db.onversionchange = () => db.close();
      resolve(db);
    };
  });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error(request.error?.name ?? 'UnknownError'));
  });
}

function base64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
