import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { randomId } from '#lib/crypto/random.ts';
import { backup } from '#lib/server/store-care/backup.ts';
import { restore } from '#lib/server/store-care/restore.ts';
import { verifyStore } from '#lib/server/store-care/verify.ts';
import { openStore } from '#lib/server/store/store.ts';
import { onBothStores } from './both-stores.ts';
import { groupOf, pullAll, pushGroups, type TestDevice } from './device.ts';
import { NOON, startTestServer, type TestServer } from './in-process.ts';

const DEVICES = 3;
const BACKUPS = 4;

onBothStores('a backup while pushes go on', (store) => {
  let at: TestServer;
  let folder: string;
  beforeEach(async () => {
    at = await startTestServer(await store.fresh());
    folder = mkdtempSync(join(tmpdir(), 'crossline-backup-'));
  }, 60_000);
  afterEach(async () => {
    await at.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function pushUntil(device: TestDevice, isOver: () => boolean): Promise<void> {
    for (let n = 0; !isOver(); n += 1) {
      const values = { name: `Place ${n}` };
      const groups = [groupOf(device, [{ kind: 'locality', record: randomId(), values }])];
      await pushGroups(at.transport, device, groups, { pull: false });
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  test('holds one moment of everything: restored it has no flaw, and what it has is a beginning of the order that all saw', async () => {
    const devices: TestDevice[] = [];
    for (let i = 0; i < DEVICES; i += 1) devices.push(await at.join('logger'));
    let isOver = false;
    const pushing = Promise.all(devices.map((device) => pushUntil(device, () => isOver)));
    const files: string[] = [];
    for (let i = 0; i < BACKUPS; i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const file = join(folder, `${i}.gz`);
      await backup(at.server.store, file, NOON);
      files.push(file);
    }
    isOver = true;
    await pushing;
    const all = await pullAll(at.transport, { ...at.owner, cursors: {} });
    const order = all.log.map((group) => group.id);
    let had = 0;
    for (const [index, file] of files.entries()) {
      const place = { folder: join(folder, String(index)), databaseUrl: await store.fresh() };
      const opened = await openStore(place);
      expect(await restore(opened, place, file, NOON)).toMatchObject({ ok: true });
      expect((await verifyStore(opened)).flaws).toEqual([]);
      const rows = await opened.db
        .selectFrom('publication')
        .select('groupId')
        .where('stream', '=', 'log')
        .orderBy('seq')
        .execute();
      expect(rows.map((row) => row.groupId)).toEqual(order.slice(0, rows.length));
      expect(rows.length).toBeGreaterThanOrEqual(had);
      had = rows.length;
      await opened.close();
    }
    expect(had).toBeGreaterThan(0);
  });
});
