import { afterEach, expect, test } from 'vitest';
import {
  forgetDevices,
  newDevice,
  save,
  type MemoryDevice,
} from '../../../../tests/support/memory-device.ts';
import { MemoryServer } from '../../../../tests/support/memory-server.ts';
import { makeSnapshot } from '../../../../tests/support/memory-snapshot.ts';
import { conflictsOf, fieldValue } from '#lib/changes/fold.ts';
import { concatBytes, toUtf8 } from '#lib/crypto/encoding.ts';
import { SNAPSHOT_FORMAT } from '#lib/protocol/snapshot-codec.ts';
import { RecordStore } from '../db/record-store.ts';
import { mendStates } from '../db/refold.ts';
import { takeParts } from '../db/snapshot-rows.ts';
import type { Progress } from './load-snapshot.ts';
import { syncRound, type Party } from './round.ts';
import { readSigned } from './signed-groups.ts';
import type { Transport } from './transport.ts';

/** A new device begins with a snapshot, and is from then on as any other (S5). */

const RECORDS = 30;

const shown = (device: { readonly store: RecordStore }) =>
  new Map(
    [...device.store.states].map(([id, state]) => [
      id,
      {
        name: fieldValue(state, 'name'),
        notes: fieldValue(state, 'notes'),
        conflicts: conflictsOf(state),
      },
    ]),
  );

/** A server with records that were edited, fought over and snapshotted, and its author. */
async function snapshotted(): Promise<{
  server: MemoryServer;
  a: MemoryDevice;
  trusting: Trusting;
}> {
  const server = new MemoryServer();
  const [a, b] = [await newDevice(server), await newDevice(server)];
  for (let i = 0; i < RECORDS; i++) await save(a, `c${i}`, { name: `name ${i}` });
  for (const device of [a, b]) await syncRound(device.party);
  await save(a, 'c1', { name: 'by a' });
  await save(b, 'c1', { name: 'by b' });
  await save(b, 'c2', { name: 'edited' });
  for (const device of [a, b, a]) await syncRound(device.party);
  const { snapshot, trust } = await makeSnapshot(server, 8);
  server.snapshot = snapshot;
  return { server, a, trusting: (device) => ({ ...device.party, trust }) };
}
type Trusting = (device: MemoryDevice) => Party;

afterEach(forgetDevices);

test('S5: a device that starts from a snapshot and the tail has what a device has that got all changes', async () => {
  const { server, a, trusting } = await snapshotted();
  await save(a, 'c2', { notes: 'after the snapshot' });
  await save(a, 'c99', { name: 'new since' });
  await syncRound(a.party);
  const fresh = await newDevice(server);
  const told: (Progress | undefined)[] = [];
  expect(
    await syncRound({ ...trusting(fresh), onProgress: (progress) => told.push(progress) }),
  ).toEqual({ type: 'done' });
  expect(shown(fresh)).toEqual(shown(a));
  expect(conflictsOf(fresh.store.states.get('c1')!)).toEqual(['name']);
  expect(await fresh.store.db.groups.count()).toBe(2);
  expect(told[0]).toEqual({ done: 0, total: RECORDS });
  expect(told.length).toBeGreaterThan(1);
  expect(told.at(-1)).toBeUndefined();
  expect(fresh.records.dataset.convoy.size).toBe(RECORDS + 1);
});

test('killed in the middle it goes on where it was; what is logged meanwhile goes out between two parts', async () => {
  const { server, a, trusting } = await snapshotted();
  const fresh = await newDevice(server);
  const asked: number[] = [];
  let isCut = true;
  const transport: Transport = {
    ...server.transport,
    bytes: async (path, token, body, signal) => {
      const { part } = body as { part: number };
      asked.push(part);
      if (part === 2 && isCut) return { type: 'offline' };
      if (part === 1) await save(fresh, 'mine', { name: 'logged while it loads' });
      return server.transport.bytes(path, token, body, signal);
    },
  };
  const party = { ...trusting(fresh), transport };
  expect(await syncRound(party)).toEqual({ type: 'offline' });
  expect(fresh.store.states.size).toBe(17);
  // Another page opens what the killed one had.
  isCut = false;
  asked.length = 0;
  const store = new RecordStore(fresh.store.db, fresh.store.cipher, readSigned);
  await store.catchUp();
  expect(await syncRound({ ...party, store })).toEqual({ type: 'done' });
  expect(asked).toEqual([2, 3]);
  await syncRound(a.party);
  expect(shown({ store })).toEqual(shown(a));
  expect(store.states.has('mine')).toBe(true);
  expect(await store.db.queue.count()).toBe(0);
});

test('a part that comes damaged is not taken, and a snapshot that the server did not sign is not loaded', async () => {
  const { server, a, trusting } = await snapshotted();
  const fresh = await newDevice(server);
  const transport: Transport = {
    ...server.transport,
    bytes: async (...asked) => {
      const answered = await server.transport.bytes(...asked);
      if (answered.type !== 'answer') return answered;
      return { ...answered, body: concatBytes(answered.body, toUtf8(' ')) };
    },
  };
  expect(await syncRound({ ...trusting(fresh), transport })).toEqual({ type: 'offline' });
  expect(fresh.store.states.size).toBe(0);
  const other = await newDevice(server);
  const { trust } = await makeSnapshot(server, 8);
  expect(await syncRound({ ...other.party, trust })).toEqual({ type: 'done' });
  expect(await other.store.db.snapshot.count()).toBe(0);
  expect(shown(other)).toEqual(shown(a));
});

test('a snapshot of another form is not loaded, and one begun in it is begun anew: groups are pulled', async () => {
  const { server, a } = await snapshotted();
  const { snapshot, trust } = await makeSnapshot(server, 8, SNAPSHOT_FORMAT + 1);
  server.snapshot = snapshot;
  const fresh = await newDevice(server);
  const loading = { manifest: snapshot.manifest, done: 1, found: [] };
  await takeParts(fresh.store, { pages: [], loading, cursors: undefined });
  expect(await syncRound({ ...fresh.party, trust })).toEqual({ type: 'done' });
  expect(await fresh.store.db.groups.count()).toBeGreaterThan(2);
  expect(shown(fresh)).toEqual(shown(a));
});

test('S9: what the server sets aside is left out of a record that came in the snapshot', async () => {
  const { server, trusting } = await snapshotted();
  const fresh = await newDevice(server);
  const party = trusting(fresh);
  await syncRound(party);
  await save(fresh, 'c3', { name: 'refused' });
  const [row] = await fresh.store.db.queue.toArray();
  server.refuses.add(row!.group);
  await syncRound(party);
  expect(fresh.records.dataset.convoy.get('c3')?.name).toBe('name 3');
  expect(fresh.records.dataset.convoy.size).toBe(RECORDS);
  await save(fresh, 'c3', { name: 'accepted' });
  await syncRound(party);
  expect(await fresh.store.db.queue.count()).toBe(0);
  expect(fresh.records.dataset.convoy.get('c3')?.name).toBe('accepted');
});

test('S7: a device that began with a snapshot pulls whole groups after a rewind, and sends again what it holds', async () => {
  const { server, a, trusting } = await snapshotted();
  const fresh = await newDevice(server);
  const party = trusting(fresh);
  await syncRound(party);
  await save(a, 'c4', { name: 'in the tail' });
  await syncRound(a.party);
  await syncRound(party);
  const all = [...server.published.log];
  server.loseTail(1);
  expect(await syncRound(party)).toEqual({ type: 'done' });
  expect(server.published.log).toEqual(all);
  expect(shown(fresh)).toEqual(shown(a));
});

test('rows of a snapshot that were damaged come with the next one, and nothing else is lost meanwhile', async () => {
  const { server, a, trusting } = await snapshotted();
  const fresh = await newDevice(server);
  await syncRound(trusting(fresh));
  await save(fresh, 'mine', { name: 'only here' });
  const { db } = fresh.store;
  for (const table of [db.rows, db.pages]) {
    await table.toCollection().modify({ bytes: new Uint8Array(40) });
  }
  const again = new RecordStore(db, fresh.store.cipher, readSigned);
  await again.catchUp();
  expect(again.damaged).toBe((await db.rows.count()) + (await db.pages.count()));
  expect(again.states.size).toBe(0);
  await mendStates(again);
  expect(again.states.has('mine')).toBe(true);
  await syncRound({ ...trusting(fresh), store: again });
  await syncRound(a.party);
  expect(shown({ store: again })).toEqual(shown(a));
});
