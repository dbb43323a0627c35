import { afterEach, expect, test, vi } from 'vitest';
import { DeviceDatabase } from '../db/database.ts';
import { DEVICE_DATABASE } from '../db/names.ts';
import { Session } from './session.svelte.ts';
import { wipeDevice } from '../sync/wipe.ts';

const realFetch = globalThis.fetch;

afterEach(async () => {
  vi.unstubAllGlobals();
  await wipeDevice();
});

/** A locked device with one envelope that waits, and a server that refuses everything like this. */
async function lockedDevice(refusal: object, waiting = 1): Promise<Session> {
  await wipeDevice();
  const db = new DeviceDatabase(DEVICE_DATABASE);
  const plain = { pushToken: 't', epoch: 'e', replica: 'r', n: waiting, lastContact: '' };
  await db.transport.put({ id: 'transport', ...plain });
  const envelope = new Uint8Array(3);
  if (waiting > 0) {
    await db.queue.put({ replica: 'r', n: 1, group: 'g', envelope, size: 3, acked: 0 });
  }
  db.close();
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) => {
    const path = input instanceof Request ? input.url : input.toString();
    if (!path.startsWith('/api/')) return realFetch(input, init);
    return Promise.resolve(Response.json(refusal, { status: 403 }));
  });
  const session = new Session();
  await session.start();
  return session;
}

const exists = async () =>
  (await indexedDB.databases()).some(({ name }) => name === DEVICE_DATABASE);

test('a device that was lost wipes itself at its next contact, locked as it is', async () => {
  const session = await lockedDevice({ code: 'revoked', as: 'lost', incident: 'i' });
  await vi.waitFor(() => expect(session.phase).toBe('welcome'));
  expect(await exists()).toBe(false);
  await session.stop();
});

test.each(['lost', 'leaving'])('with nothing to send it asks all the same: %s', async (as) => {
  const session = await lockedDevice({ code: 'revoked', as, incident: 'i' }, 0);
  await vi.waitFor(() => expect(session.phase).toBe('welcome'));
  expect(await exists()).toBe(false);
  await session.stop();
});

test('S6: any other refusal wipes nothing: what waits, waits', async () => {
  const session = await lockedDevice({ code: 'revoked', as: 'leaving', incident: 'i' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(session.phase).toBe('locked');
  expect(await exists()).toBe(true);
  await session.stop();
});
