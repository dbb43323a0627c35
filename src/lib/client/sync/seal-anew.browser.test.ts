import { afterEach, expect, test } from 'vitest';
import { envelopeKeyId } from '#lib/crypto/envelope.ts';
import { forgetDevices, newDevice, save } from '../../../../tests/support/memory-device.ts';
import { MemoryServer } from '../../../../tests/support/memory-server.ts';
import { syncRound } from './round.ts';

afterEach(forgetDevices);

test('a new key of the server: what waits is sealed to it before it goes, number and group unchanged', async () => {
  const server = new MemoryServer();
  const device = await newDevice(server);
  await save(device, 'c1', { name: 'first' });
  await save(device, 'c1', { notes: 'second' });
  const before = await device.store.db.queue.toArray();
  const serverKey = await server.start();
  expect(before.map((row) => envelopeKeyId(row.envelope))).not.toContain(serverKey.id);

  server.isOffline = true;
  expect(await syncRound({ ...device.party, serverKey })).toEqual({ type: 'offline' });
  const after = await device.store.db.queue.toArray();
  expect(after.map(({ n, group }) => ({ n, group }))).toEqual(
    before.map(({ n, group }) => ({ n, group })),
  );
  expect(after.map((row) => envelopeKeyId(row.envelope))).toEqual([serverKey.id, serverKey.id]);

  server.isOffline = false;
  expect(await syncRound({ ...device.party, serverKey })).toMatchObject({ type: 'done' });
  expect(server.published.log).toEqual(before.map(({ group }) => group));
  expect(await device.store.db.queue.count()).toBe(0);
});

test('what waits under an older key and cannot be opened here is sent as it is', async () => {
  const server = new MemoryServer();
  const device = await newDevice(server);
  await save(device, 'c1', { name: 'damaged here' });
  const { db } = device.store;
  await db.groups.toCollection().modify({ bytes: new Uint8Array(40) });
  const [before] = await db.queue.toArray();
  const other = await new MemoryServer().start();
  server.isOffline = true;
  await syncRound({ ...device.party, serverKey: other });
  expect((await db.queue.toArray())[0]?.envelope).toEqual(before?.envelope);
});
