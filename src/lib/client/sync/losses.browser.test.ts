import { afterEach, expect, test } from 'vitest';
import { forgetDevices, newDevice, save } from '../../../../tests/support/memory-device.ts';
import { MemoryServer } from '../../../../tests/support/memory-server.ts';
import { acknowledge } from '../db/queue.ts';
import { dismiss, doubtAcknowledged, queueState } from '../db/queue-state.ts';
import { mendStates, refold } from '../db/refold.ts';
import { RecordStore } from '../db/record-store.ts';
import { syncRound } from './round.ts';
import { readSigned } from './signed-groups.ts';
import type { Transport } from './transport.ts';
import { comparable } from '../../../../tests/support/comparable-states.ts';

/** How something that was saved could have been lost on its way, or have come back after a wipe. */

afterEach(forgetDevices);

test('S2: an answer acknowledges what was sent, not what was saved meanwhile', async () => {
  const server = new MemoryServer();
  const device = await newDevice(server);
  await save(device, 'c1', { name: 'sent' });
  const transport: Transport = {
    ...server.transport,
    post: async (path, token, body, schema) => {
      const answered = await server.transport.post(path, token, body, schema);
      await save(device, 'c2', { name: 'meanwhile' });
      // A copy of this device had sent as many numbers before it was restored.
      Object.assign((answered as { body: object }).body, { acked: 9 });
      server.isOffline = true;
      return answered;
    },
  };
  await syncRound({ ...device.party, transport });
  expect((await queueState(device.store.db)).unsent).toBe(1);
});

test('S2, S7: what was acknowledged and then lost is sent again, after a rewind and after unlocking', async () => {
  const server = new MemoryServer();
  const device = await newDevice(server);
  const { db } = device.store;
  await save(device, 'c1', { name: 'first' });
  await syncRound(device.party);
  await save(device, 'c2', { name: 'sent while locked, then lost' });
  const acknowledgeAll = () => db.queue.toCollection().modify({ acked: 1 });
  await acknowledgeAll();
  server.loseTail(1);
  await syncRound(device.party);
  expect(server.published.log).toHaveLength(2);
  await save(device, 'c3', { name: 'lost, and no epoch tells of it' });
  await acknowledgeAll();
  await syncRound(device.party);
  expect(server.published.log).toHaveLength(2);
  await doubtAcknowledged(db);
  await syncRound(device.party);
  expect(server.published.log).toHaveLength(3);
  expect(await db.queue.count()).toBe(0);
});

test('S7: what is sent again goes in the order in which it came, so that creations come first', async () => {
  const server = new MemoryServer();
  const [a, b] = [await newDevice(server), await newDevice(server)];
  const fields = ['name', 'notes', 'origin', 'eventKey', 'refusedBy', 'refusedWhere', 'reason'];
  for (const [i, field] of fields.entries()) {
    await save(i % 2 ? a : b, 'c1', { [field]: 'x' });
    for (const device of [a, b, a]) await syncRound(device.party);
  }
  const all = [...server.published.log];
  server.loseTail(all.length);
  await syncRound(b.party);
  expect(server.published.log).toEqual(all);
});

test('S9: what the locked sender was refused is left out of the view when it is next opened', async () => {
  const server = new MemoryServer();
  const device = await newDevice(server);
  await save(device, 'c1', { name: 'kept' });
  await save(device, 'c1', { notes: 'refused' });
  const [, refused] = await device.store.db.queue.orderBy('[replica+n]').toArray();
  await device.store.db.attention.put({ group: refused!.group, code: 'not_allowed' });
  await device.store.db.queue.delete([refused!.replica, refused!.n]);
  await mendStates(device.store);
  expect(device.records.dataset.convoy.get('c1')).toEqual({ id: 'c1', name: 'kept' });
});

test('S9: a new record that the server set aside is not shown as an empty one', async () => {
  const server = new MemoryServer();
  const device = await newDevice(server);
  await save(device, 'c1', { name: 'refused' });
  const [row] = await device.store.db.queue.toArray();
  server.refuses.add(row!.group);
  await syncRound(device.party);
  expect(device.records.dataset.convoy.size).toBe(0);
});

test('S9: what was built on a refused group asks for attention too, and goes when it is dealt with', async () => {
  const server = new MemoryServer();
  const device = await newDevice(server);
  await save(device, 'c1', { name: 'refused' });
  await save(device, 'c1', { name: 'built on it' });
  const [first, second] = (await device.store.db.queue.orderBy('[replica+n]').toArray()).map(
    (row) => row.group,
  );
  const { replica } = (await device.store.db.transport.get('transport'))!;
  const quarantined = [{ id: first!, n: 1, code: 'not_allowed' }];
  await acknowledge(device.store.db, { replica, acked: 2, quarantined, at: '' });
  await refold(device.store);
  const { attention } = await queueState(device.store.db);
  expect(new Map(attention.map(({ group, code }) => [group, code]))).toEqual(
    new Map([
      [first, 'not_allowed'],
      [second, 'base_missing'],
    ]),
  );
  for (const { group } of attention) await dismiss(device.store, group);
  expect(await device.store.db.groups.count()).toBe(0);
  expect(await device.store.db.queue.count()).toBe(0);
});

test('a record whose row is damaged comes again from its groups when the device is opened', async () => {
  const server = new MemoryServer();
  const device = await newDevice(server);
  await save(device, 'c1', { name: 'Zamalka' });
  const { db, cipher } = device.store;
  await db.rows.toCollection().modify({ bytes: new Uint8Array(40) });
  const again = new RecordStore(db, cipher, readSigned);
  await again.catchUp();
  expect([again.damaged, again.states.size]).toEqual([1, 0]);
  await mendStates(again);
  expect(comparable(again.states.get('c1')!)).toEqual(comparable(device.store.states.get('c1')!));
});

test('a damaged group takes nothing from a record that can still be opened', async () => {
  const server = new MemoryServer();
  const device = await newDevice(server);
  await save(device, 'c1', { name: 'Zamalka' });
  await device.store.db.groups.toCollection().modify({ bytes: new Uint8Array(40) });
  await refold(device.store);
  expect(device.records.dataset.convoy.get('c1')?.name).toBe('Zamalka');
});

test('a database that another tab wiped is not made again by this one', async () => {
  const server = new MemoryServer();
  const device = await newDevice(server);
  await save(device, 'c1', { name: 'gone' });
  const { name } = device.store.db;
  await new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = resolve;
  });
  expect((await save(device, 'c2', { name: 'after' })).ok).toBe(false);
  expect((await syncRound(device.party)).type).toBe('storage');
  expect((await indexedDB.databases()).map((one) => one.name)).not.toContain(name);
});
