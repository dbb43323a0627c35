import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemoryServer } from '../../../../tests/support/memory-server.ts';
import { fetchFrom } from '../../../../tests/support/served-session.ts';
import { DeviceDatabase } from '../db/database.ts';
import { DEVICE_DATABASE, DRAFT_DATABASE } from '../db/names.ts';
import { Session } from './session.svelte.ts';
import { wipeDevice } from '../sync/wipe.ts';

const PASSPHRASE = 'river lamp seven orange window';
const MARKED = 'MarkedZamalka';
let server: MemoryServer;
const answer = fetchFrom(() => server);
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
});

afterEach(async () => {
  await session.stop();
  vi.unstubAllGlobals();
  await wipeDevice();
});

async function enrol(): Promise<void> {
  const enrolled = await session.enrol({ token: 'invite', passphrase: PASSPHRASE });
  expect(enrolled).toEqual({ ok: true, value: null });
}

test('enrol, save offline, lock: the lock screen sends; unlocked, it is all there', async () => {
  expect(session.phase).toBe('welcome');
  await enrol();
  expect(session.phase).toBe('unlocked');
  server.isOffline = true;
  const saved = await session.open!.records.save([
    { kind: 'convoy', id: 'c1', values: { name: MARKED } },
  ]);
  expect(saved.ok).toBe(true);
  await vi.waitFor(() => expect(session.open!.sync.badge).toEqual({ kind: 'only_here', count: 1 }));
  expect(session.open!.sync.queued[0]?.records).toEqual([{ kind: 'convoy', id: 'c1' }]);
  expect(session.open!.sync.isOnlyHere('c1')).toBe(true);
  server.isOffline = false;
  await session.lock();
  expect(session.phase).toBe('locked');
  expect(session.open).toBeUndefined();
  await vi.waitFor(() => expect(server.published.log).toHaveLength(1));
  expect(await session.unlock('another passphrase entirely')).toMatchObject({
    error: { type: 'wrong_passphrase' },
  });
  expect(session.phase).toBe('locked');
  expect((await session.unlock(PASSPHRASE)).ok).toBe(true);
  expect(session.open!.records.dataset.convoy.get('c1')?.name).toBe(MARKED);
  await vi.waitFor(() => expect(session.open!.sync.badge.kind).toBe('all_sent'));
});

test('half-typed work is there again after locking', async () => {
  await enrol();
  session.open!.drafts.keep('d1', { places: MARKED });
  await session.lock();
  await session.unlock(PASSPHRASE);
  expect(session.open!.drafts.find('d1')?.content).toEqual({ places: MARKED });
  await session.open!.drafts.remove('d1');
  await session.lock();
  await session.unlock(PASSPHRASE);
  expect(session.open!.drafts.list).toEqual([]);
});

test('what an invalid edit says is not saved, and says which field', async () => {
  await enrol();
  const { records } = session.open!;
  const values = { name: MARKED, date: '31/02/2016' };
  expect(await records.save([{ kind: 'convoy', id: 'c1', values }])).toEqual({
    ok: false,
    error: { type: 'invalid', record: 'c1', field: 'date' },
  });
  expect(records.dataset.convoy.size).toBe(0);
});

test('wiping leaves no database behind', async () => {
  await enrol();
  await session.wipe();
  expect(session.phase).toBe('welcome');
  const names = (await indexedDB.databases()).map(({ name }) => name);
  expect(names).not.toContain(DEVICE_DATABASE);
  expect(names).not.toContain(DRAFT_DATABASE);
});

test('a device that is wiped in one tab is let go of by the others', async () => {
  await enrol();
  const other = new Session();
  await other.start();
  expect((await other.unlock(PASSPHRASE)).ok).toBe(true);
  await session.wipe();
  await vi.waitFor(() => expect(other.phase).toBe('welcome'));
  expect(other.open).toBeUndefined();
  const names = (await indexedDB.databases()).map(({ name }) => name);
  expect(names).not.toContain(DEVICE_DATABASE);
  await other.stop();
});

test('a record and its movement are saved together, each in a group of its stream', async () => {
  await enrol();
  const saved = await session.open!.records.save([
    { kind: 'convoy', id: 'c1', values: { _created: true } },
    { kind: 'movement', id: 'm1', values: { convoy: 'c1', onTheRoad: true } },
  ]);
  expect(saved.ok && saved.value.groupIds).toHaveLength(2);
  await vi.waitFor(() => expect(server.published.log).toHaveLength(1));
  expect(server.published.movements).toHaveLength(1);
});

test('the example opens by itself, never syncs, and is gone when it is left', async () => {
  const progress: number[] = [];
  expect(await session.lookAround((done) => progress.push(done))).toEqual({
    ok: true,
    value: null,
  });
  expect(session.phase).toBe('example');
  const { access, records, sync } = session.open!;
  await access.loadIndicators();
  expect(progress.length).toBeGreaterThan(0);
  expect(records.dataset.report.size).toBeGreaterThan(80);
  const arbin = access.matchPlace('عربين');
  expect(arbin.kind).toBe('certain');
  const place = access.place(arbin.kind === 'certain' ? arbin.locality.id : '')!;
  expect(place.firstSince?.since).toMatchObject({ date: { edtf: '2012-11' }, months: [43, 43] });
  expect(place.reports).toHaveLength(8);
  expect(place.reports.map((one) => one.sourceName)).toContain('Reuters');
  expect(place.lastConvoy?.disagreements[0]).toMatchObject({ figure: 'trucks', min: 37, max: 38 });
  expect(place.population?.people).toMatchObject({ n: 39_000 });
  expect(access.places[0]?.isRanked).toBe(true);
  expect(access.convoys.length).toBeGreaterThan(20);
  await records.save([{ kind: 'convoy', id: 'mine', values: { name: 'tried' } }]);
  expect(sync.badge).toEqual({ kind: 'all_sent', at: '' });
  expect(server.requests).toHaveLength(0);
  await session.leaveExample();
  expect(session.phase).toBe('welcome');
});

test('a new owner loads the example into his operation, once however often he asks', async () => {
  await enrol();
  expect(await session.loadExample()).toEqual({ ok: true, value: null });
  const reports = session.open!.records.dataset.report.size;
  expect(reports).toBeGreaterThan(80);
  const groups = server.published.log.length;
  await session.loadExample();
  expect(session.open!.records.dataset.report.size).toBe(reports);
  await vi.waitFor(() => expect(session.open!.sync.badge.kind).toBe('all_sent'));
  expect(server.published.log.length).toBeGreaterThanOrEqual(groups);
});

test('locked, no word that was typed lies on disk', async () => {
  await enrol();
  await session.open!.records.save([{ kind: 'convoy', id: 'c1', values: { name: MARKED } }]);
  session.open!.drafts.keep('d1', { places: MARKED });
  await session.lock();
  const db = new DeviceDatabase(DEVICE_DATABASE);
  const everything: string[] = [];
  for (const table of db.tables) {
    for (const row of await table.toArray()) everything.push(spell(row));
  }
  db.close();
  expect(everything.join('\n')).not.toContain(MARKED);
  expect(everything.join('\n')).not.toContain('Operation');
  expect(JSON.stringify({ ...localStorage })).not.toContain(MARKED);
});

function spell(value: unknown): string {
  if (value instanceof Uint8Array) return new TextDecoder('latin1').decode(value);
  if (value instanceof Object) return Object.values(value).map(spell).join(' ');
  return String(value);
}

test('the page ends between the use of the invite and its answer: unlocking goes on with the same keys', async () => {
  server.losesAnswers = true;
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) => {
    if (input === '/api/v1/enrol') asked.push(JSON.parse(init?.body as string));
    return answer(input, init);
  });
  const lost = await session.enrol({ token: 'invite', name: 'Somebody', passphrase: PASSPHRASE });
  expect(lost).toEqual({ ok: false, error: { type: 'offline' } });
  await session.stop();
  session = new Session();
  await session.start();
  expect(session.phase).toBe('locked');
  const offline = await session.unlock(PASSPHRASE);
  expect(offline).toEqual({
    ok: false,
    error: { type: 'not_finished', error: { type: 'offline' } },
  });
  server.losesAnswers = false;
  expect((await session.unlock(PASSPHRASE)).ok).toBe(true);
  expect(session.phase).toBe('unlocked');
  expect(asked).toHaveLength(3);
  // A signature is another one each time; the keys and the invite are the same.
  const same = asked.map((one) => JSON.stringify({ ...(one as object), proof: '' }));
  expect(new Set(same).size).toBe(1);
});

test('a second tab opened in the enrolling moment clears nothing away and enrols nobody else', async () => {
  const second = new Session();
  let during: Promise<unknown> | undefined;
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    if (input === '/api/v1/enrol') {
      await second.start();
      expect(second.phase).toBe('locked');
      during = Promise.all([
        second.enrol({ token: 'another', passphrase: PASSPHRASE }),
        second.unlock('not the one'),
      ]);
      expect(await during).toMatchObject([
        { ok: false, error: { type: 'already_enrolled' } },
        { ok: false, error: { type: 'wrong_passphrase' } },
      ]);
    }
    return answer(input, init);
  });
  await enrol();
  expect(during).toBeDefined();
  await second.stop();
  const saved = await session.open!.records.save([
    { kind: 'convoy', id: 'c1', values: { name: MARKED } },
  ]);
  expect(saved.ok).toBe(true);
});

test('a device whose storage the browser threw away says so; one that was wiped does not', async () => {
  await enrol();
  await session.stop();
  for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name!);
  session = new Session();
  await session.start();
  expect([session.phase, session.isCleared]).toEqual(['welcome', true]);
  await session.wipe();
  await session.stop();
  session = new Session();
  await session.start();
  expect([session.phase, session.isCleared]).toEqual(['welcome', false]);
});
