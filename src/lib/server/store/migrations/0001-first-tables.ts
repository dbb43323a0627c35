import type { CreateTableBuilder, Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

type Clustered = <T extends string, C extends string>(
  table: CreateTableBuilder<T, C>,
) => CreateTableBuilder<T, C>;

/** Every table of the store. Both engines take the same statements but for the type of bytes. */
export function firstTables(kind: 'sqlite' | 'postgres'): Migration {
  const bytes = kind === 'postgres' ? sql`bytea` : sql`blob`;
  const counting = kind === 'postgres' ? sql`bigserial` : sql`integer`;
  // Small rows found by their key alone: on SQLite one tree instead of two for each.
  const clustered: Clustered = (table) =>
    kind === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table;
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      const table = db.schema;
      await table
        .createTable('serverKeys')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('purpose', 'text', (c) => c.notNull())
        .addColumn('publicKey', bytes, (c) => c.notNull())
        .addColumn('privateKey', bytes, (c) => c.notNull())
        .addColumn('createdAt', 'bigint', (c) => c.notNull())
        .execute();
      await table
        .createTable('operations')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('epoch', 'text', (c) => c.notNull())
        .addColumn('createdAt', 'bigint', (c) => c.notNull())
        .execute();
      await table
        .createTable('counters')
        .addColumn('operation', 'text', (c) => c.primaryKey())
        .addColumn('log', 'bigint', (c) => c.notNull())
        .addColumn('movements', 'bigint', (c) => c.notNull())
        .execute();
      await people(db, bytes);
      await groups(db, bytes, clustered);
      await convoys(db, clustered);
      await table
        .createTable('audit')
        .addColumn('id', counting, (c) => c.primaryKey())
        .addColumn('operation', 'text', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addColumn('member', 'text')
        .addColumn('device', 'text')
        .addColumn('action', 'text', (c) => c.notNull())
        .addColumn('detail', 'text', (c) => c.notNull())
        .execute();
    },
  };
}

async function people(db: Kysely<unknown>, bytes: ReturnType<typeof sql>): Promise<void> {
  await db.schema
    .createTable('members')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('operation', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('organisation', 'text')
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('createdAt', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('devices')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('operation', 'text', (c) => c.notNull())
    .addColumn('member', 'text', (c) => c.notNull())
    .addColumn('signKey', bytes, (c) => c.notNull())
    .addColumn('sealKey', bytes, (c) => c.notNull())
    .addColumn('createdAt', 'bigint', (c) => c.notNull())
    .addColumn('lastContact', 'bigint')
    .addColumn('revokedAt', 'bigint')
    .addColumn('revokedAs', 'text')
    .addColumn('renewedFor', 'bigint')
    .execute();
  await db.schema
    .createTable('tokens')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('scope', 'text', (c) => c.notNull())
    .addColumn('expiresAt', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('tokensByDevice').on('tokens').column('device').execute();
  await db.schema
    .createTable('invites')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('tokenHash', 'text', (c) => c.notNull().unique())
    .addColumn('operation', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('organisation', 'text')
    .addColumn('member', 'text')
    .addColumn('createdBy', 'text')
    .addColumn('createdAt', 'bigint', (c) => c.notNull())
    .addColumn('expiresAt', 'bigint')
    .addColumn('usedAt', 'bigint')
    .addColumn('usedBy', 'text')
    .execute();
}

async function groups(
  db: Kysely<unknown>,
  bytes: ReturnType<typeof sql>,
  clustered: Clustered,
): Promise<void> {
  await db.schema
    .createTable('groups')
    .addColumn('operation', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('stream', 'text', (c) => c.notNull())
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('author', 'text', (c) => c.notNull())
    .addColumn('bytes', bytes, (c) => c.notNull())
    .addColumn('signature', bytes, (c) => c.notNull())
    .addColumn('receivedAt', 'bigint', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('code', 'text')
    .addColumn('carrier', 'text', (c) => c.notNull())
    .addColumn('batch', 'text')
    .addPrimaryKeyConstraint('groupsKey', ['operation', 'id'])
    .execute();
  await db.schema
    .createTable('replicas')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('last', 'bigint', (c) => c.notNull())
    .$call(clustered)
    .execute();
  await db.schema
    .createTable('slots')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('groupId', 'text', (c) => c.notNull())
    .$call(clustered)
    .execute();
  await db.schema
    .createTable('changes')
    .addColumn('operation', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('groupId', 'text', (c) => c.notNull())
    .addColumn('record', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('changesKey', ['operation', 'id'])
    .$call(clustered)
    .execute();
  await db.schema
    .createIndex('changesByRecord')
    .on('changes')
    .columns(['operation', 'record'])
    .execute();
  await db.schema
    .createTable('records')
    .addColumn('operation', 'text', (c) => c.notNull())
    .addColumn('record', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('creator', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('recordsKey', ['operation', 'record'])
    .$call(clustered)
    .execute();
  await db.schema
    .createTable('waits')
    .addColumn('operation', 'text', (c) => c.notNull())
    .addColumn('changeId', 'text', (c) => c.notNull())
    .addColumn('groupId', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('waitsKey', ['operation', 'changeId', 'groupId'])
    .$call(clustered)
    .execute();
  await db.schema
    .createTable('publication')
    .addColumn('operation', 'text', (c) => c.notNull())
    .addColumn('stream', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('groupId', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('publicationKey', ['operation', 'stream', 'seq'])
    .addUniqueConstraint('publicationOnce', ['operation', 'groupId', 'stream'])
    .$call(clustered)
    .execute();
}

async function convoys(db: Kysely<unknown>, clustered: Clustered): Promise<void> {
  await db.schema
    .createTable('convoys')
    .addColumn('operation', 'text', (c) => c.notNull())
    .addColumn('convoy', 'text', (c) => c.notNull())
    .addColumn('endedAt', 'bigint')
    .addColumn('dueAt', 'bigint')
    .addColumn('releasedAt', 'bigint')
    .addPrimaryKeyConstraint('convoysKey', ['operation', 'convoy'])
    .execute();
  await db.schema.createIndex('convoysDue').on('convoys').column('dueAt').execute();
  await db.schema
    .createTable('convoyRecords')
    .addColumn('operation', 'text', (c) => c.notNull())
    .addColumn('record', 'text', (c) => c.notNull())
    .addColumn('convoy', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('convoyRecordsKey', ['operation', 'record', 'convoy'])
    .$call(clustered)
    .execute();
  await db.schema
    .createTable('convoyGroups')
    .addColumn('operation', 'text', (c) => c.notNull())
    .addColumn('convoy', 'text', (c) => c.notNull())
    .addColumn('groupId', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('convoyGroupsKey', ['operation', 'convoy', 'groupId'])
    .$call(clustered)
    .execute();
  await db.schema
    .createIndex('convoyGroupsByGroup')
    .on('convoyGroups')
    .columns(['operation', 'groupId'])
    .execute();
}
