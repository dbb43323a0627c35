import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, type Dialect, type Transaction } from 'kysely';
import { migrate, type StoreKind } from './migrate.ts';
import { postgresDialect } from './postgres.ts';
import type { StoreSchema } from './schema.ts';
import { sqliteDialect } from './sqlite.ts';

/** A connection that takes part in a transaction. Everything done with it commits together. */
export type Tx = Transaction<StoreSchema>;
/** What can be queried: the store itself, or a transaction on it. */
export type Queries = Kysely<StoreSchema> | Tx;

/** Where the server keeps everything. The same on SQLite and on PostgreSQL. */
export interface Store {
  readonly kind: StoreKind;
  /** For reading, and for single statements. Never use it inside `write`. */
  readonly db: Kysely<StoreSchema>;
  /** One transaction: committed, on disk, when the promise resolves; nothing of it when it rejects. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface StorePlace {
  /** `postgres://…`; otherwise SQLite in a folder. */
  readonly databaseUrl?: string | undefined;
  readonly folder: string;
}

/** Opens the store and brings it to the newest schema. */
export async function openStore(place: StorePlace): Promise<Store> {
  if (place.databaseUrl) return openWith('postgres', postgresDialect(place.databaseUrl));
  mkdirSync(place.folder, { recursive: true, mode: 0o700 });
  return openWith('sqlite', sqliteDialect(join(place.folder, 'crossline.sqlite')));
}

async function openWith(kind: StoreKind, dialect: Dialect): Promise<Store> {
  const db = new Kysely<StoreSchema>({ dialect });
  await migrate(db, kind);
  return {
    kind,
    db,
    write: (work) => db.transaction().execute(work),
    close: () => db.destroy(),
  };
}
