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

async function onPostgres(url: string, how: 'shared' | 'alone'): Promise<Presence | null> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const call = how === 'alone' ? 'pg_try_advisory_lock' : 'pg_try_advisory_lock_shared';
  const { rows } = await client.query<{ taken: boolean }>(`select ${call}(${LOCK}) as taken`);
  let ended: Promise<void> | undefined;
  if (rows[0]?.taken) return { end: () => (ended ??= client.end()) };
  await client.end();
  return null;
}
