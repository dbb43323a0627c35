import { afterEach, expect, test } from 'vitest';
import {
  forgetDevices,
  newDevice,
  save,
  type MemoryDevice,
} from '../../../../tests/support/memory-device.ts';
import { MemoryServer } from '../../../../tests/support/memory-server.ts';
import { fieldValue } from '#lib/changes/fold.ts';
import type { Cipher } from '../db/cipher.ts';
import { foldAnew } from '../db/fold-anew.ts';
import { RecordStore } from '../db/record-store.ts';
import { syncRound } from './round.ts';
import { readSigned } from './signed-groups.ts';
import { comparable, comparableAll } from '../../../../tests/support/comparable-states.ts';

/** Reading all groups anew after an update, while the person goes on (ADR 0166). */

const RECORDS = 150;

/** A device on which an older version folded records of its own and of others. */
async function updated(): Promise<MemoryDevice> {
  const server = new MemoryServer();
  const [device, other] = [await newDevice(server), await newDevice(server)];
  await other.records.save(
    Array.from({ length: RECORDS }, (_, n) => {
      return { kind: 'convoy', id: `c${n}`, values: { name: `name ${n}` } };
    }),
  );
  for (let n = 0; n < 80; n++) await save(other, `c${n}`, { notes: `notes ${n}` });
  for (const { party } of [other, device]) await syncRound(party);
  await save(device, 'c1', { name: 'mine' });
  await device.store.db.revision.update('revision', { schema: 0 });
  await device.store.catchUp();
  expect(device.store.isOutdated).toBe(true);
  return device;
}

async function another({ store: { db, cipher } }: MemoryDevice): Promise<RecordStore> {
  const store = new RecordStore(db, cipher, readSigned);
  await store.catchUp();
  return store;
}

/** Rows are opened only when these are done: what is saved is on disk before the folding is over. */
function waitingToOpen(store: RecordStore, these: () => readonly Promise<unknown>[]): void {
  const { cipher } = store;
  const waiting: Cipher = {
    ...cipher,
    open: async (id, bytes) => {
      await Promise.all(these());
      return cipher.open(id, bytes);
    },
  };
  Object.assign(store, { cipher: waiting });
}

const name = ({ states }: RecordStore, id: string) => fieldValue(states.get(id)!, 'name');

afterEach(forgetDevices);

test('S5: read anew, the records are the same, with what was saved here and in another tab meanwhile', async () => {
  const device = await updated();
  const { store } = device;
  const tab = await another(device);
  const before = new Map(store.states);
  const told: { done: number; total: number }[] = [];
  const saving: Promise<unknown>[] = [];
  waitingToOpen(store, () => saving);
  const folded = await foldAnew(store, {
    onProgress: (progress) => {
      told.push(progress);
      if (told.length !== 2) return;
      saving.push(save(device, 'c2', { name: 'meanwhile' }));
      saving.push(save(device, 'new', { name: 'new meanwhile' }));
    },
  });
  expect(folded).toEqual({ ok: true, value: true });
  expect(told).toEqual([
    { done: 0, total: 82 },
    { done: 64, total: 82 },
  ]);
  for (const one of saving) expect(await one).toMatchObject({ ok: true });
  expect(store.isOutdated).toBe(false);
  expect([name(store, 'c1'), name(store, 'c2')]).toEqual(['mine', 'meanwhile']);
  expect(name(store, 'new')).toBe('new meanwhile');
  for (const [id, state] of before)
    if (id !== 'c2') expect(comparable(store.states.get(id)!)).toEqual(comparable(state));
  expect(await store.db.queue.count()).toBe(3);
  await tab.catchUp();
  for (const one of [tab, await another(device)]) {
    expect(one.isOutdated).toBe(false);
    expect(comparableAll(one.states)).toEqual(comparableAll(store.states));
  }
});

test('S1: what another tab saves while it is being written is not written over', async () => {
  const device = await updated();
  const reading = await another(device);
  const saved: Promise<unknown>[] = [];
  const folded = await foldAnew(reading, {
    onProgress: ({ done }) => {
      if (done > 0) saved.push(save(device, 'c3', { name: 'in another tab' }));
    },
  });
  expect(folded).toEqual({ ok: true, value: true });
  await Promise.all(saved);
  await reading.catchUp();
  expect(name(reading, 'c3')).toBe('in another tab');
  expect(name(await another(device), 'c3')).toBe('in another tab');
});

test('locked or killed before the end nothing is written, and the next time it is read anew', async () => {
  const device = await updated();
  const { store } = device;
  const [before, revision] = [new Map(store.states), await store.db.revision.get('revision')];
  const ended = new AbortController();
  const onProgress = (): void => ended.abort();
  const folded = await foldAnew(store, { onProgress, signal: ended.signal });
  expect(folded).toEqual({ ok: true, value: false });
  expect(await store.db.revision.get('revision')).toEqual(revision);
  expect(comparableAll((await another(device)).states)).toEqual(comparableAll(before));
  expect(store.isOutdated).toBe(true);
  expect(await foldAnew(store)).toEqual({ ok: true, value: true });
  expect(comparableAll((await another(device)).states)).toEqual(comparableAll(before));
});

test('S9: what is set aside meanwhile is not shown', async () => {
  const device = await updated();
  const { store } = device;
  const mine = (await store.db.queue.toArray())[0]!.group;
  let setAside: Promise<unknown> | undefined;
  const folded = await foldAnew(store, {
    onProgress: () => {
      setAside ??= store.db.attention.put({ group: mine, code: 'not_allowed' });
    },
  });
  await setAside;
  expect(folded).toEqual({ ok: true, value: true });
  expect(name(store, 'c1')).toBe('name 1');
});

test('a record that no group here tells stands as it is, and nothing is written', async () => {
  const device = await updated();
  const { store } = device;
  const first = (await store.db.groups.orderBy('id').toArray()).find(({ confirmed }) => confirmed);
  await store.db.groups.delete(first!.id);
  const before = new Map(store.states);
  expect(await foldAnew(store)).toEqual({ ok: true, value: false });
  expect(store.isOutdated).toBe(true);
  expect(comparableAll((await another(device)).states)).toEqual(comparableAll(before));
});
