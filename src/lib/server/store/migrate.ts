import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { firstTables } from './migrations/0001-first-tables.ts';
import { reviewAndSnapshots } from './migrations/0002-review-and-snapshots.ts';
import { pasts } from './migrations/0003-pasts.ts';
import { statistics } from './migrations/0004-statistics.ts';
import type { StoreSchema } from './schema.ts';

export type StoreKind = 'sqlite' | 'postgres';

/** In order, and never edited once released: a store remembers by name which it has had. */
function migrations(kind: StoreKind): Record<string, Migration> {
  return {
    '0001_first_tables': firstTables(kind),
    '0002_review_and_snapshots': reviewAndSnapshots(kind),
    '0003_pasts': pasts,
    '0004_statistics': statistics(kind),
  };
}

/** Brings a store to the newest schema; two servers starting together wait for each other. */
export async function migrate(db: Kysely<StoreSchema>, kind: StoreKind): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations(kind)) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error('migration failed', { cause: error });
}
