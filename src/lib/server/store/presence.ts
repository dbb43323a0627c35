import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { StorePlace } from './store.ts';

/** Says, as long as it is held, that a process works with the store, or that it has it alone. */
export interface Presence {
  end(): Promise<void>;
}

/** Any number, the same in every process: it names the lock on a PostgreSQL server. */
const LOCK = 7_431_209;
/** Milliseconds until a lock that was lost is tried again. */
const AGAIN_AFTER = 1_000;

/**
 * A server is there for as long as it runs, beside others; who restores has the store alone. The
 * lock goes with its process, however that ends. Null: somebody else holds what is asked for.
 */
export function takePresence(place: StorePlace, how: 'shared' | 'alone'): Promise<Presence | null> {
  return place.databaseUrl
    ? onPostgres(place.databaseUrl, how)
    : Promise.resolve(onFile(join(place.folder, 'crossline.lock'), how));
}

/** SQLite's own file lock: a read keeps it shared, an exclusive transaction keeps it alone. */
function onFile(file: string, how: 'shared' | 'alone'): Presence | null {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    if (how === 'alone') lock.exec('begin exclusive');
    else lock.exec('begin; select count(*) from sqlite_schema');
  } catch {
    lock.close();
    return null;
  }
  return {
    end: () => {
      if (lock.isOpen) lock.close();
      return Promise.resolve();
    },
  };
}

/**
 * The lock lives as long as its connection. A database server that starts again, or fails over, ends
 * both: a server that works on takes it again, or a restore would go on beside it.
 */
async function onPostgres(url: string, how: 'shared' | 'alone'): Promise<Presence | null> {
  let isEnded = false;
  let lock: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;

  async function take(): Promise<boolean> {
    const taken = await lockOnPostgres(url, how);
    if (!taken) return false;
    lock = taken;
    taken.once('end', () => {
      if (lock !== taken) return;
      lock = null;
      if (!isEnded && how === 'shared') void takeAgain();
    });
    if (isEnded) await taken.end();
    return true;
  }

  async function takeAgain(): Promise<void> {
    if (isEnded || (await take().catch(() => false))) return;
    timer = setTimeout(() => void takeAgain(), AGAIN_AFTER);
    timer.unref();
  }

  if (!(await take())) return null;
  return {
    end: async () => {
      isEnded = true;
      clearTimeout(timer);
      await lock?.end();
    },
  };
}

/** A connection that holds the lock; null when somebody else does. */
async function lockOnPostgres(url: string, how: 'shared' | 'alone'): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: url, keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  const call = how === 'alone' ? 'pg_try_advisory_lock' : 'pg_try_advisory_lock_shared';
  const { rows } = await client.query<{ taken: boolean }>(`select ${call}(${LOCK}) as taken`);
  if (rows[0]?.taken) return client;
  await client.end();
  return null;
}
