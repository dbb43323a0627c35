import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemoryServer } from '../../../../tests/support/memory-server.ts';
import { DeviceDatabase } from '../db/database.ts';
import { DEVICE_DATABASE } from '../db/names.ts';
import { wipeDevice } from '../sync/wipe.ts';
import { ImportUndoing } from './import-undoing.svelte.ts';
import type { RecordEdit } from './records-api.ts';
import { Session } from './session.svelte.ts';

const realFetch = globalThis.fetch;
let server: MemoryServer;
let session: Session;

async function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const path = input instanceof Request ? input.url : input.toString();
  if (!path.startsWith('/api/')) return realFetch(input, init);
  if (path === '/api/v1/poke' || server.isOffline) throw new TypeError('offline');
  const answered = await server.answer(path, JSON.parse(init?.body as string));
  if (answered.type !== 'answer') throw new TypeError('offline');
  return Response.json(answered.body);
}

beforeEach(async () => {
  await wipeDevice();
  server = new MemoryServer();
  await server.start();
  vi.stubGlobal('fetch', answer);
  session = new Session();
  await session.start();
  await session.enrol({ token: 'invite', passphrase: 'river lamp seven orange window' });
});

afterEach(async () => {
  await session.stop();
  vi.unstubAllGlobals();
  await wipeDevice();
});

const CONVOYS = 50;
const convoys = () => session.open!.records.dataset.convoy;
const convoyEdits = (): RecordEdit[] =>
  Array.from({ length: CONVOYS }, (_, at) => {
    return { kind: 'convoy', id: `c${at}`, values: { eventKey: `event ${at}` } };
  });

/** Imports many convoys; the batch that they came with. */
async function imported(): Promise<string> {
  expect(await session.open!.records.importRecords(convoyEdits())).toMatchObject({ ok: true });
  const [first] = await session.open!.history('c0');
  return first?.batch ?? '';
}

test('an import is undone group after group, stopped, gone on with, and brought back', async () => {
  const batch = await imported();
  await session.open!.records.save([{ kind: 'convoy', id: 'c7', values: { name: 'Ours' } }]);
  const before = convoys();
  const undoing = new ImportUndoing(session.open!, batch);
  await undoing.look();
  expect(undoing.phase).toBe('ready');
  expect(undoing.plan).toMatchObject({ deleted: CONVOYS - 1, restored: 0 });
  expect(undoing.plan?.kept).toEqual([
    { kind: 'convoy', record: 'c7', because: 'edited', fields: [] },
  ]);

  const first = undoing.start();
  undoing.stop();
  await first;
  expect(undoing.phase).toBe('stopped');
  expect(convoys().size).toBeLessThan(CONVOYS);
  expect(convoys().size).toBeGreaterThan(1);
  await undoing.start();
  expect([undoing.phase, [...convoys().keys()]]).toEqual(['done', ['c7']]);

  const nothing = new ImportUndoing(session.open!, batch);
  await nothing.look();
  expect(nothing.total).toBe(0);

  const [, deletion] = await session.open!.history('c0');
  const again = new ImportUndoing(session.open!, deletion?.batch ?? '');
  await again.look();
  expect(again.isAgain).toBe(true);
  await again.start();
  expect(convoys().size).toBe(CONVOYS);
  expect(new Map(convoys())).toEqual(new Map(before));
  expect(session.open!.records.conflicts).toEqual([]);
});

test('what somebody changes meanwhile is left alone', async () => {
  const batch = await imported();
  const undoing = new ImportUndoing(session.open!, batch);
  await undoing.look();
  await session.open!.records.save([{ kind: 'convoy', id: 'c9', values: { name: 'Ours' } }]);
  await undoing.start();
  expect([...convoys().keys()]).toEqual(['c9']);
  expect(session.open!.records.conflicts).toEqual([]);
});

test('a device that began with a snapshot asks the server, and says when it cannot', async () => {
  const batch = await imported();
  const db = new DeviceDatabase(DEVICE_DATABASE);
  await db.snapshot.put({ id: 'snapshot', isDone: 1, bytes: new Uint8Array() });
  db.close();
  server.isOffline = true;
  const undoing = new ImportUndoing(session.open!, batch);
  await undoing.look();
  expect([undoing.phase, undoing.plan]).toEqual(['lacking', null]);
});
