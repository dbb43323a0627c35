import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { randomId } from '#lib/crypto/random.ts';
import { verifyStore } from '#lib/server/store-care/verify.ts';
import { openStore, type Store } from '#lib/server/store/store.ts';
import { onBothStores } from './both-stores.ts';
import { groupOf, pullAll, pushGroups } from './device.ts';
import { startTestServer, type TestServer } from './in-process.ts';

const run = promisify(execFile);

onBothStores('migrations of a store that has been used', (store) => {
  let at: TestServer;
  beforeEach(async () => {
    at = await startTestServer(await store.fresh());
  }, 60_000);
  afterEach(() => at.stop());

  const place = () =>
    groupOf(at.owner, [{ kind: 'locality', record: randomId(), values: { name: 'Arbin' } }]);

  /** The store as the second version of its schema had it. */
  async function withoutPasts({ db }: Store): Promise<void> {
    await db.schema.alterTable('publication').dropColumn('past').execute();
    await db.schema.alterTable('counters').dropColumn('logPast').execute();
    await db.schema.alterTable('counters').dropColumn('movementsPast').execute();
    await sql`delete from "kysely_migration" where "name" = '0003_pasts'`.execute(db);
  }

  test('S7: what was published before publications named their past gets one, and devices go on', async () => {
    const plan = groupOf(
      at.owner,
      [{ kind: 'movement', record: randomId(), values: { route: 'x' } }],
      { stream: 'movements' },
    );
    // More than one statement of the migration takes.
    for (let i = 0; i < 3; i += 1) {
      await pushGroups(at.transport, at.owner, Array.from({ length: 180 }, place));
    }
    await pushGroups(at.transport, at.owner, [plan]);
    await pullAll(at.transport, at.owner);
    const { cursors } = at.owner;
    await withoutPasts(at.server.store);
    const migrated = await openStore(at.place);
    expect((await verifyStore(migrated)).flaws).toEqual([]);
    await migrated.close();
    expect(await pullAll(at.transport, at.owner)).toMatchObject({ log: [], rewind: [] });
    expect(at.owner.cursors).toEqual(cursors);
  });

  test('a migration that breaks off has changed nothing, and can be tried again', async () => {
    const { db } = at.server.store;
    await pushGroups(at.transport, at.owner, [place()]);
    await withoutPasts(at.server.store);
    await db.schema.alterTable('counters').addColumn('movementsPast', 'text').execute();
    await expect(openStore(at.place)).rejects.toThrow(/movementsPast/u);
    const [row] = await db.selectFrom('publication').selectAll().execute();
    expect(Object.keys(row ?? {})).not.toContain('past');
    await db.schema.alterTable('counters').dropColumn('movementsPast').execute();
    const migrated = await openStore(at.place);
    expect((await verifyStore(migrated)).flaws).toEqual([]);
    await migrated.close();
  });

  test('of two servers that start together on an empty store, one waits for the other', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crossline-migrate-'));
    const where = { folder, databaseUrl: await store.fresh() };
    const script = `
      const { openStore } = await import('#lib/server/store/store.ts');
      const { db, close } = await openStore(${JSON.stringify(where)});
      console.log(JSON.stringify(await db.selectFrom('counters').selectAll().execute()));
      await close();`;
    const start = () => run(process.execPath, ['--input-type=module', '-e', script]);
    const said = await Promise.all([start(), start(), start()]);
    expect(said.map(({ stdout }) => stdout)).toEqual(['[]\n', '[]\n', '[]\n']);
    rmSync(folder, { recursive: true, force: true });
  });
});
