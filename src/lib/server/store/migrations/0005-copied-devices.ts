import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** When a device last used numbers again; until now the audit alone knew, and tells of earlier ones. */
export const copiedDevices: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('devices').addColumn('forkedAt', 'bigint').execute();
    await sql`update "devices" set "forkedAt" = (select max("at") from "audit" where "audit"."operation" = "devices"."operation" and "audit"."device" = "devices"."id" and "audit"."action" = 'device_forked')`.execute(
      db,
    );
  },
};
