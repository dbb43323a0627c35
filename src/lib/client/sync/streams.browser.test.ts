import { afterEach, expect, test, vi } from 'vitest';
import {
  forgetDevices,
  newDevice,
  save,
  type MemoryDevice,
} from '../../../../tests/support/memory-device.ts';
import { MemoryServer } from '../../../../tests/support/memory-server.ts';
import { GroupIndex } from '../db/history.ts';
import { queueState } from '../db/queue-state.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import { RecordStore } from '../db/record-store.ts';
import { readUnread } from '../db/unread.ts';
import { syncRound } from './round.ts';
import type { Role } from '#lib/protocol/roles.ts';
import { readSigned } from './signed-groups.ts';
import { Signers } from './signers.ts';
import type { Transport } from './transport.ts';

/** What a device may read, what it can read, and when it stops asking. */

const saveMovement = (device: MemoryDevice, id: string, route: string) =>
  device.records.save([{ kind: 'movement', id, values: { convoy: 'c1', route } }]);

const names = (device: MemoryDevice) =>
  [...device.records.dataset.convoy.values()].map(({ name }) => name).sort();

afterEach(forgetDevices);

test('permission withdrawn: push first, then the stream leaves the device, and nothing in the queue is lost (S6)', async () => {
  const server = new MemoryServer();
  const [a, b] = [await newDevice(server), await newDevice(server)];
  await save(a, 'c1', { name: 'Zamalka' });
  await saveMovement(a, 'm1', 'by the northern road');
  await syncRound(a.party);
  await syncRound(b.party);
  const otherTab = new RecordStore(b.store.db, b.store.cipher, readSigned);
  await otherTab.catchUp();
  expect(b.records.dataset.movement.size).toBe(1);

  await saveMovement(b, 'm1', 'by the southern road');
  await save(b, 'c2', { name: 'only here' });
  server.gone.add('movements');
  const before = server.requests.length;
  expect((await syncRound(b.party)).type).toBe('done');
  expect(server.requests[before]?.path).toMatch(/push$/);
  expect(server.published.movements).toHaveLength(2);
  expect(b.records.dataset.movement.size).toBe(0);
  expect(names(b)).toEqual(['Zamalka', 'only here']);
  await otherTab.catchUp();
  expect(otherTab.states.get('m1')?.fields).toEqual({});
  const again = new RecordStore(b.store.db, b.store.cipher, readSigned);
  await again.catchUp();
  expect([...again.states.keys()].sort()).toEqual(['c1', 'c2']);
  const left = await new GroupIndex(again).changesOf('m1');
  expect(left).toEqual([]);
  expect(await b.store.db.queue.count()).toBe(0);
});

test('permission withdrawn: more waits than one push takes, and the network ends: what waits is still shown (S6)', async () => {
  const server = new MemoryServer();
  const [a, b] = [await newDevice(server), await newDevice(server)];
  await saveMovement(a, 'm1', 'by the northern road');
  await syncRound(a.party);
  await syncRound(b.party);
  for (let i = 0; i < LIMITS.envelopesInPush; i += 1) await save(b, `c${i}`, { name: `${i}` });
  await saveMovement(b, 'm1', 'by the southern road');
  server.gone.add('movements');
  let requests = 0;
  const post: Transport['post'] = (...asked) => {
    requests += 1;
    return requests > 1 ? Promise.resolve({ type: 'offline' }) : server.transport.post(...asked);
  };
  const party = { ...b.party, transport: { ...server.transport, post } };
  expect((await syncRound(party)).type).toBe('offline');
  expect((await queueState(b.store.db)).unsent).toBe(1);
  expect(b.records.dataset.movement.get('m1')?.route).toBe('by the southern road');
  expect((await syncRound(b.party)).type).toBe('done');
  expect(server.published.movements).toHaveLength(2);
  expect(b.records.dataset.movement.size).toBe(0);
});

test('another role: who may read less keeps his own and loses the rest; who may read more gets it from the beginning', async () => {
  const server = new MemoryServer();
  const [a, b] = [await newDevice(server), await newDevice(server)];
  await saveMovement(a, 'm1', 'by the northern road');
  await syncRound(a.party);
  const rights = {
    role: 'coordinator' as Role,
    noteRole: (role: Role) => Promise.resolve(void (rights.role = role)),
  };
  const party = { ...b.party, rights };
  server.role = 'coordinator';
  await syncRound(party);
  expect(b.records.dataset.movement.size).toBe(1);
  await save(b, 'c1', { name: 'only here' });
  server.role = 'observer';
  server.gone.add('movements');
  await syncRound(party);
  expect(rights.role).toBe('observer');
  expect(b.records.dataset.movement.size).toBe(0);
  expect(names(b)).toEqual(['only here']);
  server.role = 'owner';
  server.gone.clear();
  await syncRound(party);
  expect(rights.role).toBe('owner');
  expect(b.records.dataset.movement.size).toBe(1);
});

test('S7: what is sent again for others goes with the certificates of those who signed it', async () => {
  const server = new MemoryServer();
  const [a, b] = [await newDevice(server), await newDevice(server)];
  await save(a, 'c1', { name: 'Zamalka' });
  await syncRound(a.party);
  const [stored] = server.stored.values();
  const { device } = stored!.group;
  const certificate = { device, member: 'm', role: 'logger', signKey: '', sealKey: '' } as const;
  server.certificates = [{ ...certificate, certificate: 'signed' }];
  const signers = new Signers(b.store.db, b.store.cipher, b.device);
  await syncRound({ ...b.party, signers });
  server.loseTail(1);
  server.certificates = [];
  await syncRound({ ...b.party, signers: new Signers(b.store.db, b.store.cipher, b.device) });
  expect(server.published.log).toHaveLength(1);
  const sent = server.requests.filter(({ path }) => path.endsWith('/push')).at(-1);
  expect(sent?.body.certificates?.map((one) => one.device)).toEqual([device]);
  await save(b, 'c2', { name: 'own' });
  await syncRound({ ...b.party, signers });
  expect(server.requests.at(-1)?.body.certificates).toBeUndefined();
});

test('a group that this version cannot read is kept and told of, asked for again, and goes in once it can be read', async () => {
  const server = new MemoryServer();
  const [a, b] = [await newDevice(server), await newDevice(server)];
  await save(a, 'c1', { name: 'Zamalka' });
  await save(a, 'c2', { name: 'Arbin' });
  await syncRound(a.party);
  const [first] = server.published.log as [string];
  const whole = server.stored.get(first)!.signed;
  server.given.set(first, whole.slice(0, 120));
  await syncRound(b.party);
  expect(names(b)).toEqual(['Arbin']);
  expect((await queueState(b.store.db)).unread).toBe(1);
  expect((await b.store.db.cursors.get('log'))?.seq).toBe(2);

  // It came damaged: a day later it is asked for again.
  server.given.clear();
  await b.store.db.unread.toCollection().modify({ asked: '2016-06-29T10:00:00.000Z' });
  await syncRound(b.party);
  expect(names(b)).toEqual(['Arbin', 'Zamalka']);
  expect((await queueState(b.store.db)).unread).toBe(0);

  // It is of a newer version: after the update it goes in without any network.
  const c = await newDevice(server);
  const old = new RecordStore(c.store.db, c.store.cipher, () => undefined);
  await old.catchUp();
  const bytes = await c.store.cipher.seal(first, whole);
  const after = { seq: 0, id: '' };
  await c.store.db.unread.put({ id: first, stream: 'log', after, asked: '', bytes });
  await readUnread(old);
  expect(await c.store.db.unread.count()).toBe(1);
  await readUnread(c.store);
  expect(names(c)).toEqual(['Zamalka']);
  expect(await c.store.db.unread.count()).toBe(0);
});

test('a device that locks waits for no answer, and writes nothing of one that comes late', async () => {
  const server = new MemoryServer();
  const [a, b] = [await newDevice(server), await newDevice(server)];
  await save(a, 'c1', { name: 'Zamalka' });
  await syncRound(a.party);
  const lock = new AbortController();
  let handed: AbortSignal | undefined;
  const transport: Transport = {
    ...server.transport,
    post: async (path, token, body, schema, signal) => {
      handed = signal;
      const answered = await server.transport.post(path, token, body, schema);
      lock.abort();
      return answered;
    },
  };
  const outcome = await syncRound({ ...b.party, transport, signal: lock.signal });
  expect(outcome).toEqual({ type: 'offline' });
  expect(handed).toBe(lock.signal);
  expect(b.store.states.size).toBe(0);
  expect(await b.store.db.cursors.count()).toBe(0);
});

test('the history of a record is what lies here of it, and what became of it', async () => {
  const server = new MemoryServer();
  const [a, b] = [await newDevice(server), await newDevice(server)];
  await save(a, 'c1', { name: 'Zamalka' });
  await save(a, 'c9', { name: 'another' });
  await syncRound(a.party);
  await syncRound(b.party);
  const index = new GroupIndex(b.store);
  expect(await index.changesOf('c1')).toHaveLength(1);
  await save(b, 'c1', { notes: 'seen' });
  await vi.waitFor(async () => expect(await index.changesOf('c1')).toHaveLength(2));
  const [first, second] = await index.changesOf('c1');
  expect(first).toMatchObject({ isConfirmed: true, isHeld: false, stream: 'log' });
  expect(second).toMatchObject({ isConfirmed: false, change: { fields: { notes: {} } } });
  server.refuses.add(second!.group);
  await syncRound(b.party);
  expect((await index.changesOf('c1'))[1]?.code).toBe('not_allowed');
});
