import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { chainPublication } from '../chain-publication.ts';

/** Each publication names everything before it, not its own group alone (docs/adr/0066). */
export const pasts: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await db.schema
      .alterTable('publication')
      .addColumn('past', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    for (const column of ['logPast', 'movementsPast']) {
      await db.schema
        .alterTable('counters')
        .addColumn(column, 'text', (c) => c.notNull().defaultTo(''))
        .execute();
    }
    await chainPublication(db);
  },
};
