import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { firstTables } from './migrations/0001-first-tables.ts';
import { reviewAndSnapshots } from './migrations/0002-review-and-snapshots.ts';
import { pasts } from './migrations/0003-pasts.ts';
import { statistics } from './migrations/0004-statistics.ts';
import { copiedDevices } from './migrations/0005-copied-devices.ts';
import type { StoreSchema } from './schema.ts';

export type StoreKind = 'sqlite' | 'postgres';

/** In order, and never edited once released: a store remembers by name which it has had. */
export function migrations(kind: StoreKind): Record<string, Migration> {
  return {
    '0001_first_tables': firstTables(kind),
    '0002_review_and_snapshots': reviewAndSnapshots(kind),
    '0003_pasts': pasts,
    '0004_statistics': statistics(kind),
    '0005_copied_devices': copiedDevices,
  };
}

/**
 * Brings a store to the newest schema, or only so far as a migration of this name; two servers
 * starting together wait for each other.
 */
export async function migrate(
  db: Kysely<StoreSchema>,
  kind: StoreKind,
  until?: string,
): Promise<void> {
  const known = migrations(kind);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(known) },
  });
  const { error } = await migrator.migrateTo(until ?? (Object.keys(known).at(-1) as string));
  if (error) throw error instanceof Error ? error : new Error('migration failed', { cause: error });
}
