import { afterEach, expect, test, vi } from 'vitest';
import { fieldValue } from '#lib/changes/fold.ts';
import {
  forgetDevices,
  newDevice,
  save,
  type MemoryDevice,
} from '../../../../tests/support/memory-device.ts';
import { MemoryServer } from '../../../../tests/support/memory-server.ts';
import { queueState } from '../db/queue-state.ts';
import type { RoundOutcome } from './outcome.ts';
import { syncRound } from './round.ts';
import { Syncer } from './syncer.ts';
import type { Answered } from './transport.ts';
import { comparableAll } from '../../../../tests/support/comparable-states.ts';

type Device = MemoryDevice;
const syncers: Syncer[] = [];

const name = (device: Device, id: string) =>
  fieldValue(device.store.states.get(id)!, 'name') as string;
const saveName = (device: Device, id: string, text: string) => save(device, id, { name: text });

afterEach(async () => {
  for (const syncer of syncers.splice(0)) syncer.stop();
  await forgetDevices();
});

test('one round trip pushes and pulls, and the queue is empty after it (S2)', async () => {
  const server = new MemoryServer();
  const [a, b] = [await newDevice(server), await newDevice(server)];
  expect((await saveName(a, 'c1', 'Zamalka')).ok).toBe(true);
  expect(await syncRound(a.party)).toMatchObject({ type: 'done' });
  expect(server.requests).toHaveLength(1);
  expect(await a.store.db.queue.count()).toBe(0);
  await syncRound(b.party);
  expect(name(b, 'c1')).toBe('Zamalka');
  expect(b.records.dataset.convoy.get('c1')?.name).toBe('Zamalka');
});

test('different fields edited offline are both on both; the same field keeps both values', async () => {
  const server = new MemoryServer();
  const [a, b] = [await newDevice(server), await newDevice(server)];
  await saveName(a, 'c1', 'first');
  await syncRound(a.party);
  await syncRound(b.party);
  await a.records.save([{ kind: 'convoy', id: 'c1', values: { notes: 'from a', origin: 'x' } }]);
  await b.records.save([{ kind: 'convoy', id: 'c1', values: { name: 'from b', origin: 'y' } }]);
  for (const device of [a, b, a]) await syncRound(device.party);
  for (const device of [a, b]) {
    expect(device.records.dataset.convoy.get('c1')).toMatchObject({
      name: 'from b',
      notes: 'from a',
      origin: 'y',
    });
    expect(device.records.conflicts).toMatchObject([{ record: 'c1', field: 'origin' }]);
    expect(device.records.conflicts[0]?.values).toHaveLength(2);
  }
});

test('the answer is lost: it is pushed again and stored once', async () => {
  const server = new MemoryServer();
  const a = await newDevice(server);
  await saveName(a, 'c1', 'once');
  server.losesAnswers = true;
  expect(await syncRound(a.party)).toEqual({ type: 'offline' });
  expect((await queueState(a.store.db)).unsent).toBe(1);
  server.losesAnswers = false;
  expect(await syncRound(a.party)).toMatchObject({ type: 'done' });
  expect(server.published.log).toHaveLength(1);
  expect(await a.store.db.queue.count()).toBe(0);
});

test('fork: another device used these numbers; a new replica, the same groups, nothing lost', async () => {
  const server = new MemoryServer();
  const [a, b] = [await newDevice(server), await newDevice(server)];
  const transport = (await a.store.db.transport.get('transport'))!;
  await b.store.db.transport.put(transport);
  await saveName(a, 'c1', 'from a');
  await saveName(b, 'c2', 'from the copy');
  for (const device of [a, b, a])
    expect(await syncRound(device.party)).toMatchObject({ type: 'done' });
  expect(server.published.log).toHaveLength(2);
  expect(name(a, 'c2')).toBe('from the copy');
  expect((await b.store.db.transport.get('transport'))?.replica).not.toBe(transport.replica);
});

test('S7: a server that lost its tail gets back what a device holds, foreign groups too', async () => {
  const server = new MemoryServer();
  const [a, b] = [await newDevice(server), await newDevice(server)];
  for (let i = 0; i < 5; i++) await saveName(a, `c${i}`, `name ${i}`);
  await syncRound(a.party);
  await syncRound(b.party);
  const all = [...server.published.log];
  server.loseTail(3);
  await saveName(b, 'c9', 'after');
  expect(await syncRound(b.party)).toMatchObject({ type: 'done' });
  expect(server.published.log).toEqual(expect.arrayContaining(all));
  expect(server.published.log).toHaveLength(6);
  expect(await b.store.db.queue.count()).toBe(0);
  await syncRound(a.party);
  expect(name(a, 'c9')).toBe('after');
});

test('many pages come whole, in any size', async () => {
  const server = new MemoryServer();
  server.pageSize = 7;
  const [a, b] = [await newDevice(server), await newDevice(server)];
  for (let i = 0; i < 40; i++) await saveName(a, `c${i % 25}`, `name ${i}`);
  await syncRound(a.party);
  await syncRound(b.party);
  expect(comparableAll(b.store.states)).toEqual(comparableAll(a.store.states));
});

test('whoever takes less at once than was sent is sent less, and gets all of it', async () => {
  const server = new MemoryServer();
  const a = await newDevice(server);
  for (let i = 0; i < 9; i++) await saveName(a, `c${i}`, `name ${i}`);
  const sent: number[] = [];
  const transport: typeof a.party.transport = {
    ...server.transport,
    post: (path, token, body, schema) => {
      const { envelopes = [] } = body as { envelopes?: string[] };
      sent.push(envelopes.length);
      if (envelopes.length > 2) return Promise.resolve({ type: 'refused', code: 'too_large' });
      return server.transport.post(path, token, body, schema);
    },
  };
  expect(await syncRound({ ...a.party, transport })).toMatchObject({ type: 'done' });
  expect(server.published.log).toHaveLength(9);
  expect(sent.slice(0, 4)).toEqual([9, 5, 3, 2]);
});

test('what nobody foresaw does not end syncing: the next round goes on', async () => {
  const server = new MemoryServer();
  const a = await newDevice(server);
  const outcomes: RoundOutcome[] = [];
  let isBroken = true;
  const syncer = new Syncer({
    party: () => {
      if (isBroken) throw new TypeError('of a broken row');
      return a.party;
    },
    renew: () => Promise.resolve({ type: 'unauthorised' as const }),
    onRound: (outcome) => void outcomes.push(outcome),
    isHidden: () => false,
  });
  syncers.push(syncer);
  syncer.start();
  await vi.waitFor(() => expect(outcomes).toEqual([{ type: 'storage', reason: 'TypeError' }]));
  isBroken = false;
  syncer.wake();
  await vi.waitFor(() => expect(outcomes.at(-1)).toEqual({ type: 'done' }));
});

test('hidden, it asks nothing, not even after the wait that a server asked for; seen again, it does', async () => {
  const server = new MemoryServer();
  const a = await newDevice(server);
  let isHidden = false;
  let asked = 0;
  const answered: Answered<never> = { type: 'refused', code: 'too_many', waitMs: 1 };
  const transport: typeof a.party.transport = {
    ...server.transport,
    poke: () => Promise.reject(new Error('no stream')),
    post: () => {
      asked += 1;
      isHidden = true; // while it is answered
      return Promise.resolve(answered);
    },
  };
  const syncer = new Syncer({
    party: () => ({ ...a.party, transport }),
    renew: () => Promise.resolve({ type: 'unauthorised' as const }),
    onRound: () => undefined,
    isHidden: () => isHidden,
  });
  syncers.push(syncer);
  syncer.start();
  await vi.waitFor(() => expect(asked).toBe(1));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(asked).toBe(1);
  syncer.wake();
  await vi.waitFor(() => expect(asked).toBe(2));
});

test('S8: of two tabs one leads, the other takes over, and a save goes by itself', async () => {
  const server = new MemoryServer();
  const [a, b] = [await newDevice(server), await newDevice(server)];
  const rounds: string[] = [];
  const syncerOf = (device: Device, label: string): Syncer => {
    const syncer = new Syncer({
      party: () => device.party,
      renew: () => Promise.resolve({ type: 'unauthorised' as const }),
      onRound: () => void rounds.push(label),
      isHidden: () => false,
    });
    syncers.push(syncer);
    return syncer;
  };
  const first = syncerOf(a, 'first');
  const second = syncerOf(b, 'second');
  first.start();
  await vi.waitFor(() => expect(rounds).toContain('first'));
  second.start();
  await saveName(a, 'c1', 'by itself');
  first.wake();
  await vi.waitFor(() => expect(server.published.log).toHaveLength(1));
  expect(rounds).not.toContain('second');
  first.stop();
  await vi.waitFor(() => expect(b.store.states.has('c1')).toBe(true));
});

test('S8: a tab out of sight lets one that is looked at lead, and sends by itself only where none does', async () => {
  const server = new MemoryServer();
  const [a, b] = [await newDevice(server), await newDevice(server)];
  const hidden = new Set<string>();
  const rounds: string[] = [];
  const syncerOf = (device: Device, label: string): Syncer => {
    const syncer = new Syncer({
      party: () => device.party,
      renew: () => Promise.resolve({ type: 'unauthorised' as const }),
      onRound: () => void rounds.push(label),
      isHidden: () => hidden.has(label),
    });
    syncers.push(syncer);
    return syncer;
  };
  const [first, second] = [syncerOf(a, 'first'), syncerOf(b, 'second')];
  first.start();
  await vi.waitFor(() => expect(rounds).toContain('first'));
  second.start();
  hidden.add('first');
  first.giveWay();
  await vi.waitFor(() => expect(rounds).toContain('second'));
  // Told of something to send, the hidden one leaves it to the other.
  const before = rounds.filter((label) => label === 'first').length;
  await saveName(b, 'c1', 'seen');
  first.wake();
  second.wake();
  await vi.waitFor(() => expect(server.published.log).toHaveLength(1));
  expect(rounds.filter((label) => label === 'first')).toHaveLength(before);
  // Nobody looks: what one of them saves goes all the same, and neither keeps the lock.
  hidden.add('second');
  second.giveWay();
  await saveName(a, 'c2', 'out of sight');
  await vi.waitFor(async () => expect((await navigator.locks.query()).held).toEqual([]));
  first.wake();
  await vi.waitFor(() => expect(server.published.log).toHaveLength(2));
  await vi.waitFor(async () => expect((await navigator.locks.query()).held).toEqual([]));
  // Looked at again, it leads again.
  hidden.delete('first');
  first.wake();
  await vi.waitFor(async () => expect((await navigator.locks.query()).held).toHaveLength(1));
});
