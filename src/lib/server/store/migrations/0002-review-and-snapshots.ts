import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What people decided about groups set aside, whose a publication is, and snapshots. */
export function reviewAndSnapshots(kind: 'sqlite' | 'postgres'): Migration {
  const bytes = kind === 'postgres' ? sql`bytea` : sql`blob`;
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      const { schema } = db;
      await schema
        .createTable('settlements')
        .addColumn('operation', 'text', (c) => c.notNull())
        .addColumn('groupId', 'text', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addColumn('member', 'text')
        .addColumn('device', 'text')
        .addColumn('reason', 'text', (c) => c.notNull())
        .addColumn('correction', 'text')
        .addPrimaryKeyConstraint('settlementsKey', ['operation', 'groupId'])
        .execute();
      await sql`create index "groupsAside" on "groups" ("operation", "receivedAt") where "state" <> 'stored'`.execute(
        db,
      );
      await schema
        .alterTable('publication')
        .addColumn('author', 'text', (c) => c.notNull().defaultTo(''))
        .execute();
      await sql`update "publication" set "author" = (select "author" from "groups" where "groups"."operation" = "publication"."operation" and "groups"."id" = "publication"."groupId")`.execute(
        db,
      );
      await sql`create index "movementsByAuthor" on "publication" ("operation", "author", "seq") where "stream" = 'movements'`.execute(
        db,
      );
      await schema
        .alterTable('records')
        .addColumn('marked', 'integer', (c) => c.notNull().defaultTo(0))
        .execute();
      await schema
        .createTable('snapshots')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('operation', 'text', (c) => c.notNull())
        .addColumn('audience', 'text', (c) => c.notNull())
        .addColumn('createdAt', 'bigint', (c) => c.notNull())
        .addColumn('log', 'bigint', (c) => c.notNull())
        .addColumn('movements', 'bigint', (c) => c.notNull())
        .addColumn('manifest', 'text', (c) => c.notNull())
        .execute();
      await schema
        .createTable('snapshotParts')
        .addColumn('snapshot', 'text', (c) => c.notNull())
        .addColumn('part', 'integer', (c) => c.notNull())
        .addColumn('createdAt', 'bigint', (c) => c.notNull())
        .addColumn('bytes', bytes, (c) => c.notNull())
        .addPrimaryKeyConstraint('snapshotPartsKey', ['snapshot', 'part'])
        .execute();
    },
  };
}
