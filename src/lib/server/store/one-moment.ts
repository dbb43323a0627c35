import { sql } from 'kysely';
import type { Queries, Store } from './store.ts';

/** A view of one moment that takes no lock from anybody. */
const BEGIN = {
  sqlite: 'begin deferred',
  postgres: 'begin isolation level repeatable read, read only',
} as const;

/** Reads the store as it is at one moment, however long that takes and whatever is written meanwhile. */
export function atOneMoment<T>(store: Store, read: (db: Queries) => Promise<T>): Promise<T> {
  return store.db.connection().execute(async (db) => {
    await sql.raw(BEGIN[store.kind]).execute(db);
    try {
      return await read(db);
    } finally {
      await sql`rollback`.execute(db);
    }
  });
}
