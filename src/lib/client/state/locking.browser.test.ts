import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemoryServer } from '../../../../tests/support/memory-server.ts';
import { fetchFrom } from '../../../../tests/support/served-session.ts';
import { DeviceDatabase, DraftDatabase } from '../db/database.ts';
import { DEVICE_DATABASE, DRAFT_DATABASE } from '../db/names.ts';
import { wipeDevice } from '../sync/wipe.ts';
import { watchForLocking } from './lock-watch.ts';
import { Session } from './session.svelte.ts';

/** Locking, and what comes at the same time. */

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
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await wipeDevice();
});

/** Signing waits until it is let go: a save is then under way for as long as a test needs. */
function holdSigning(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  const sign = crypto.subtle.sign.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'sign').mockImplementation(async (...args) => {
    await promise;
    return sign(...args);
  });
  return resolve;
}

const save = () =>
  session.open!.records.save([{ kind: 'convoy', id: 'c1', values: { name: 'Zamalka' } }]);

test('S1: a save that ends while the device locks is told as what it is, saved', async () => {
  const letGo = holdSigning();
  const saving = save();
  const locking = session.lock();
  letGo();
  expect((await saving).ok).toBe(true);
  await locking;
  await session.unlock(PASSPHRASE);
  expect(session.open!.records.dataset.convoy.get('c1')?.name).toBe('Zamalka');
});

test('who unlocks before locking has ended stays in, and sees what was saved meanwhile', async () => {
  const letGo = holdSigning();
  const saving = save();
  const locking = session.lock();
  expect(session.isAtRest).toBe(false);
  expect((await session.unlock(PASSPHRASE)).ok).toBe(true);
  letGo();
  await Promise.all([saving, locking]);
  expect(session.phase).toBe('unlocked');
  expect(session.open).toBeDefined();
  await vi.waitFor(() =>
    expect(session.open!.records.dataset.convoy.get('c1')?.name).toBe('Zamalka'),
  );
});

test('a wipe waits for nothing that is under way', async () => {
  const letGo = holdSigning();
  const saving = save();
  session.open!.drafts.keep('d1', { places: 'Zamalka' });
  await session.wipe();
  const names = (await indexedDB.databases()).map(({ name }) => name);
  expect(names).not.toContain(DEVICE_DATABASE);
  expect(session.phase).toBe('welcome');
  letGo();
  expect((await saving).ok).toBe(false);
  const after = (await indexedDB.databases()).map(({ name }) => name);
  expect(after).not.toContain(DEVICE_DATABASE);
  expect(after).not.toContain(DRAFT_DATABASE);
});

test('half-typed work that found no room is told of, and written when there is some: before locking too', async () => {
  const { drafts } = session.open!;
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('', 'QuotaExceededError');
  });
  drafts.keep('d1', { places: 'Zamalka' });
  await drafts.flush();
  expect(drafts.isUnkept('d1')).toBe(true);
  put.mockRestore();
  await session.lock();
  await session.unlock(PASSPHRASE);
  expect(session.open!.drafts.find('d1')?.content).toEqual({ places: 'Zamalka' });
  expect(session.open!.drafts.isUnkept('d1')).toBe(false);
});

test('what was discarded while it could not be written does not come back', async () => {
  const { drafts } = session.open!;
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('', 'QuotaExceededError');
  });
  drafts.keep('d1', { places: 'Zamalka' });
  await drafts.flush();
  put.mockRestore();
  await drafts.remove('d1');
  await session.lock();
  await session.unlock(PASSPHRASE);
  expect(session.open!.drafts.list).toEqual([]);
});

test('a database of drafts that cannot be opened shuts nobody out of what is saved', async () => {
  await save();
  await session.lock();
  await new DraftDatabase(DRAFT_DATABASE).delete();
  await new Promise((resolve, reject) => {
    const request = indexedDB.open(DRAFT_DATABASE, 10); // without any table
    request.onsuccess = () => resolve(request.result.close());
    request.onerror = () => reject(new Error('it can be made'));
  });
  expect(await session.unlock(PASSPHRASE)).toEqual({ ok: true, value: null });
  expect(session.open!.records.dataset.convoy.get('c1')?.name).toBe('Zamalka');
});

test('a locked device that cannot read its queue goes on trying', async () => {
  server.isOffline = true;
  await save();
  await session.lock();
  await session.stop();
  const db = new DeviceDatabase(DEVICE_DATABASE);
  const rows = await db.queue.toArray();
  const damaged = null as unknown as Uint8Array;
  await db.queue.bulkPut(rows.map((row) => ({ ...row, envelope: damaged })));
  server.isOffline = false;
  session = new Session();
  await session.start();
  // Unlocked, it is sealed anew from its group.
  await session.unlock(PASSPHRASE);
  await vi.waitFor(() => expect(server.published.log).toHaveLength(1));
  db.close();
});

test('a clock that is set back while nobody touches the device keeps it open no longer', () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval', 'setTimeout'] });
  let isOpen = true;
  const stop = watchForLocking(
    { idle: () => 120_000, hidden: () => 30_000 },
    { isOpen: () => isOpen, lock: () => (isOpen = false), blank: () => undefined },
  );
  vi.setSystemTime(Date.now() - 9 * 365 * 86_400_000);
  vi.advanceTimersByTime(60_000);
  expect(isOpen).toBe(true);
  vi.advanceTimersByTime(70_000);
  expect(isOpen).toBe(false);
  stop();
});
