import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemoryServer } from '../../../../tests/support/memory-server.ts';
import { fetchFrom } from '../../../../tests/support/served-session.ts';
import { DeviceDatabase } from '../db/database.ts';
import { DEVICE_DATABASE } from '../db/names.ts';
import { forgetRecords, readUnsent } from '../sync/rescue.ts';
import { wipeDevice } from '../sync/wipe.ts';
import { Session } from './session.svelte.ts';

const PASSPHRASE = 'river lamp seven orange window';
let server: MemoryServer;
let session: Session;

beforeEach(async () => {
  await wipeDevice();
  server = new MemoryServer();
  await server.start();
  vi.stubGlobal(
    'fetch',
    fetchFrom(() => server),
  );
  session = new Session();
  await session.start();
  await session.enrol({ token: 'invite', passphrase: PASSPHRASE });
});

afterEach(async () => {
  await session.stop();
  vi.unstubAllGlobals();
  await wipeDevice();
});

const name = (id: string) => session.open!.records.dataset.convoy.get(id)?.name;
const saveName = (id: string, text: string) =>
  session.open!.records.save([{ kind: 'convoy', id, values: { name: text } }]);

/** One convoy that the server has and one that waits here; then the records are damaged. */
async function damagedDevice(): Promise<void> {
  await saveName('c1', 'with the server');
  await vi.waitFor(() => expect(server.published.log).toHaveLength(1));
  session.open!.sync.syncNow();
  await vi.waitFor(() => expect(session.open!.sync.badge.kind).toBe('all_sent'));
  server.isOffline = true;
  await saveName('c2', 'only here');
  await session.lock();
  const db = new DeviceDatabase(DEVICE_DATABASE);
  // Not bytes at all: opening such a row throws, as a row does that the disk no longer gives.
  await db.rows.toCollection().modify({ bytes: null as unknown as Uint8Array });
  db.close();
}

test('records that cannot be read: unlocking says so, and leaves everything as it is', async () => {
  await damagedDevice();
  expect(await session.unlock(PASSPHRASE)).toMatchObject({
    ok: false,
    error: { type: 'storage_failed' },
  });
  expect(session.phase).toBe('locked');
  const unsent = await readUnsent();
  expect(unsent.ok && unsent.value.lost).toBe(0);
  expect(unsent.ok && unsent.value.file.envelopes.map(({ n }) => n)).toEqual([2]);
});

test('S6: records are let go and come again; what was only here stays, is shown, and is sent', async () => {
  await damagedDevice();
  expect((await forgetRecords()).ok).toBe(true);
  expect((await session.unlock(PASSPHRASE)).ok).toBe(true);
  expect(name('c2')).toBe('only here');
  expect(session.open!.sync.badge).toEqual({ kind: 'only_here', count: 1 });

  server.isOffline = false;
  session.open!.sync.syncNow();
  await vi.waitFor(() => expect(name('c1')).toBe('with the server'), { timeout: 10_000 });
  await vi.waitFor(() => expect(session.open!.sync.badge.kind).toBe('all_sent'));
  expect(server.published.log).toHaveLength(2);
  const db = new DeviceDatabase(DEVICE_DATABASE);
  expect(await db.queue.count()).toBe(0);
  db.close();
});

test('S6: a group whose own row is damaged too still goes to the server, and is shown when it comes back', async () => {
  await damagedDevice();
  const before = new DeviceDatabase(DEVICE_DATABASE);
  const bytes = null as unknown as Uint8Array;
  await before.groups.toCollection().modify({ bytes });
  before.close();
  expect((await forgetRecords()).ok).toBe(true);
  expect((await session.unlock(PASSPHRASE)).ok).toBe(true);
  expect(name('c2')).toBeUndefined();
  expect(session.open!.sync.badge).toEqual({ kind: 'only_here', count: 1 });

  server.isOffline = false;
  session.open!.sync.syncNow();
  await vi.waitFor(() => expect(session.open!.sync.badge.kind).toBe('all_sent'));
  await vi.waitFor(() => expect(name('c2')).toBe('only here'), { timeout: 10_000 });
  expect(name('c1')).toBe('with the server');
  const after = new DeviceDatabase(DEVICE_DATABASE);
  expect(await after.queue.count()).toBe(0);
  expect((await after.groups.toArray()).every((row) => row.bytes.length > 0)).toBe(true);
  after.close();
});

test('the envelopes of the file, carried by anybody, bring the server what was only here', async () => {
  await damagedDevice();
  const unsent = await readUnsent();
  await session.wipe();
  server.isOffline = false;
  if (!unsent.ok) throw new Error(unsent.error.reason);
  for (const { replica, n, envelope } of unsent.value.file.envelopes) {
    await server.transport.post(
      '/api/v1/push',
      'another',
      { epoch: server.epoch, replica, from: n, envelopes: [envelope], schema: 1 },
      undefined as never,
    );
  }
  expect(server.published.log).toHaveLength(2);
});
