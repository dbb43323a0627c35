import { afterEach, expect, test } from 'vitest';
import { forgetDevices, newDevice, save } from '../../../../tests/support/memory-device.ts';
import { MemoryServer } from '../../../../tests/support/memory-server.ts';
import { DeviceDatabase } from '../db/database.ts';
import { queueState } from '../db/queue-state.ts';
import { RecordStore } from '../db/record-store.ts';
import { renewingRound } from './renewing-round.ts';
import { syncRound } from './round.ts';
import { readSigned } from './signed-groups.ts';
import type { Transport } from './transport.ts';

/** Rows of the failure table of sync.md, on the device's side. */

afterEach(forgetDevices);

test('60 days offline: logging goes on, the queue stays, and new tokens send all of it', async () => {
  const server = new MemoryServer();
  const device = await newDevice(server);
  server.isOffline = true;
  for (let day = 1; day <= 60; day++) {
    expect((await save(device, `c${day}`, { name: `day ${day}` })).ok).toBe(true);
    expect(await syncRound(device.party)).toEqual({ type: 'offline' });
  }
  expect((await queueState(device.store.db)).unsent).toBe(60);

  server.isOffline = false;
  let token = 'died of age';
  const transport: Transport = {
    ...server.transport,
    post: (path, shown, body, schema) =>
      shown === 'new'
        ? server.transport.post(path, shown, body, schema)
        : Promise.resolve({ type: 'refused', code: 'unauthorised' }),
  };
  const party = () => ({ ...device.party, transport, fullToken: token });
  const renew = () => {
    token = 'new';
    return Promise.resolve(undefined);
  };
  const outcome = await renewingRound(party, renew, new AbortController().signal);
  expect(outcome).toMatchObject({ type: 'done' });
  expect(server.published.log).toHaveLength(60);
  expect(await device.store.db.queue.count()).toBe(0);
});

test('IndexedDB closes under the page: the next save opens it again and is on disk', async () => {
  const server = new MemoryServer();
  const device = await newDevice(server);
  await save(device, 'c1', { name: 'before' });
  device.store.db.backendDB().close();
  expect((await save(device, 'c2', { name: 'after' })).ok).toBe(true);
  const { db, cipher } = device.store;
  const again = new RecordStore(db, cipher, readSigned);
  await again.catchUp();
  expect([...again.states.keys()].sort()).toEqual(['c1', 'c2']);
  expect(await syncRound(device.party)).toMatchObject({ type: 'done' });
  expect(server.published.log).toHaveLength(2);
});

test('a clone of the whole device, restored from a backup: what either holds arrives once', async () => {
  const server = new MemoryServer();
  const device = await newDevice(server);
  await save(device, 'c1', { name: 'before the backup' });
  await syncRound(device.party);
  await save(device, 'c2', { name: 'waiting in the backup' });
  const { db, cipher } = device.store;
  const backup = new Map<string, unknown[]>();
  for (const table of db.tables) backup.set(table.name, await table.toArray());

  // The device goes on: the same numbers get other groups than in the copy.
  await db.queue.clear();
  await db.transport.update('transport', { n: 1 });
  await save(device, 'c3', { name: 'after the backup' });
  expect(await syncRound(device.party)).toMatchObject({ type: 'done' });

  const copy = new DeviceDatabase(`${db.name}-copy`);
  try {
    for (const [name, rows] of backup) await copy.table(name).bulkPut(rows);
    const cloned = new RecordStore(copy, cipher, readSigned);
    await cloned.catchUp();
    expect(await syncRound({ ...device.party, store: cloned })).toMatchObject({ type: 'done' });
    expect([...cloned.states.keys()].sort()).toEqual(['c1', 'c2', 'c3']);
    expect(await copy.queue.count()).toBe(0);
    expect((await copy.transport.get('transport'))?.replica).not.toBe(
      (await db.transport.get('transport'))?.replica,
    );
  } finally {
    await copy.delete();
  }
  expect(server.published.log).toHaveLength(3);
  expect(await syncRound(device.party)).toMatchObject({ type: 'done' });
  expect([...device.store.states.keys()].sort()).toEqual(['c1', 'c2', 'c3']);
});
