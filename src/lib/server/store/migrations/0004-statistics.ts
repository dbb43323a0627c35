import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * What SQLite assumes of tables that grow: rows, then how many of them share the first column of an
 * index, the first two, and so on (`sqlite_stat1`). A store holds few operations with many rows each.
 */
const ASSUMED = [
  ['groups', 'sqlite_autoindex_groups_1', '100000 50000 1'],
  ['changes', 'changes', '300000 150000 1'],
  ['changes', 'changesByRecord', '300000 150000 3'],
  ['records', 'records', '100000 50000 1'],
  ['publication', 'publication', '150000 75000 50000 1'],
  ['publication', 'sqlite_autoindex_publication_2', '150000 75000 2 1'],
  ['convoyRecords', 'convoyRecords', '100000 50000 2 1'],
  ['convoyGroups', 'convoyGroups', '50000 25000 5 1'],
  ['convoyGroups', 'convoyGroupsByGroup', '50000 25000 2'],
] as const;

/**
 * Without statistics SQLite believes an operation to have ten rows: it read all changes of an
 * operation with every push instead of those of a record. Measured once they would tell of an empty
 * store; written down, the same way is taken from the first row to the last (docs/adr/0135).
 */
export function statistics(kind: 'sqlite' | 'postgres'): Migration {
  return {
    async up(db: Kysely<never>): Promise<void> {
      if (kind !== 'sqlite') return;
      await sql`analyze "changes"`.execute(db); // makes the table of statistics
      await sql`delete from "sqlite_stat1"`.execute(db);
      for (const [table, index, counts] of ASSUMED) {
        await sql`insert into "sqlite_stat1" values (${table}, ${index}, ${counts})`.execute(db);
      }
      await sql`analyze sqlite_schema`.execute(db); // this connection reads them, too
    },
  };
}
