import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { randomId } from '#lib/crypto/random.ts';
import { listDevices } from '#lib/server/people/devices.ts';
import { pull } from '#lib/server/sync/pull.ts';
import { TABLE_NAMES } from '#lib/server/store-care/tables.ts';
import { verifyStore } from '#lib/server/store-care/verify.ts';
import { migrate, migrations } from '#lib/server/store/migrate.ts';
import { postgresDialect } from '#lib/server/store/postgres.ts';
import type { StoreSchema } from '#lib/server/store/schema.ts';
import { sqliteDialect } from '#lib/server/store/sqlite.ts';
import { openStore, type StorePlace } from '#lib/server/store/store.ts';
import { onBothStores } from './both-stores.ts';
import { groupOf, pushGroups } from './device.ts';
import { NOON, startTestServer, type TestServer } from './in-process.ts';

type Rows = Record<string, unknown>[];

onBothStores('migrations', (store) => {
  let at: TestServer;
  let folder: string;
  beforeEach(async () => {
    at = await startTestServer(await store.fresh());
    folder = mkdtempSync(join(tmpdir(), 'crossline-old-'));
  }, 60_000);
  afterEach(async () => {
    await at.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const kind = store.name === 'postgres' ? 'postgres' : 'sqlite';

  /** Stored, held, set aside, kept back and let go: something in every table that tells of groups. */
  async function fill(): Promise<void> {
    const logger = await at.join('logger');
    const [convoy, gone] = [randomId(), randomId()];
    const place = (base: string[] = []) =>
      groupOf(at.owner, [
        { kind: 'locality', record: randomId(), values: { name: 'Arbin' }, base },
      ]);
    await pushGroups(at.transport, at.owner, [place(), place(), place([randomId()])]);
    const said = { source: 's', scope: 'convoy' };
    await pushGroups(at.transport, logger, [
      groupOf(logger, [
        { kind: 'convoy', record: convoy, values: { _created: true } },
        { kind: 'report', record: randomId(), values: { convoy, ...said, status: 'departed' } },
      ]),
      groupOf(logger, [
        { kind: 'convoy', record: gone, values: { _created: true } },
        {
          kind: 'report',
          record: randomId(),
          values: { convoy: gone, ...said, status: 'delivered', date: '2016-06-20' },
        },
      ]),
      groupOf(logger, [{ kind: 'operation', record: randomId(), values: { name: 'Mine' } }]),
    ]);
  }

  /** A store as an older version left it: its tables, with of these rows what they have columns for. */
  async function oldStore(until: string, rows: ReadonlyMap<string, Rows>): Promise<StorePlace> {
    const databaseUrl = await store.fresh();
    const own = join(folder, until);
    mkdirSync(own);
    const dialect = databaseUrl
      ? postgresDialect(databaseUrl)
      : sqliteDialect(join(own, 'crossline.sqlite'));
    const db = new Kysely<StoreSchema>({ dialect });
    await migrate(db, kind, until);
    const tables = await db.introspection.getTables();
    for (const { name, columns } of tables) {
      const had = new Set(columns.map((column) => column.name));
      for (const row of rows.get(name) ?? []) {
        const kept = Object.entries(row).filter(([column]) => had.has(column));
        await sql`insert into ${sql.table(name)} (${sql.join(kept.map(([column]) => sql.ref(column)))}) values (${sql.join(kept.map(([, value]) => value))})`.execute(
          db,
        );
      }
    }
    await db.destroy();
    return { folder: own, databaseUrl };
  }

  test('from every state that ever was to the newest, with what is in it: nothing is lost, nothing is wrong, everybody reads on', async () => {
    await fill();
    const { db } = at.server.store;
    const rows = new Map<string, Rows>();
    for (const table of TABLE_NAMES) {
      rows.set(table, (await db.selectFrom(table).selectAll().execute()) as Rows);
    }
    const { enrolled } = at.owner;
    const reader = {
      operation: enrolled.operation,
      member: enrolled.member,
      device: enrolled.device,
      role: 'owner',
      signKey: new Uint8Array(65),
      isRevoked: false,
      revokedAs: null,
      scope: 'full',
    } as const;
    const asked = { epoch: enrolled.epoch, cursors: {}, schema: 1 };
    const before = await pull(at.server, reader, asked, NOON);
    expect(before.streams.log?.groups.length).toBeGreaterThan(2);
    for (const until of Object.keys(migrations(kind))) {
      const opened = await openStore(await oldStore(until, rows));
      const { groups, flaws } = await verifyStore(opened);
      expect([until, flaws]).toEqual([until, []]);
      expect(groups).toBe(rows.get('groups')?.length);
      // Cursors too: whoever read before reads on, from any of these stores.
      const after = await pull({ store: opened, keys: at.server.keys }, reader, asked, NOON);
      expect([until, after.streams]).toEqual([until, before.streams]);
      await opened.close();
    }
  });

  test('a device that the audit alone knew as copied is told of after the step that lists it', async () => {
    const { operation, device, member } = at.owner.enrolled;
    const { db } = at.server.store;
    const entry = { operation, member, device, action: 'device_forked', detail: '{}' };
    for (const forked of [NOON - 60_000, NOON]) {
      await db
        .insertInto('audit')
        .values({ ...entry, at: forked })
        .execute();
    }
    const rows = new Map<string, Rows>();
    for (const table of TABLE_NAMES) {
      rows.set(table, (await db.selectFrom(table).selectAll().execute()) as Rows);
    }
    const opened = await openStore(await oldStore('0004_statistics', rows));
    expect(await listDevices(opened.db, operation)).toMatchObject([
      { device, copied: new Date(NOON).toISOString() },
    ]);
    await opened.close();
  });

  test('a store that is new already is left as it is', async () => {
    await fill();
    const again = await openStore(at.place);
    expect((await verifyStore(again)).flaws).toEqual([]);
    await again.close();
  });
});
