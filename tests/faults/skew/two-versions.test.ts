import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordEdit } from '#lib/client/state/records-api.ts';
import { makeTemplate, type Person, type Template } from '../model/template.ts';
import { newerApplication } from './newer-application.ts';
import { version as older, type Version } from './version.ts';

/**
 * "app updated with unsent groups of an older schema" (sync.md, failure table): this code and a newer
 * copy of it, with a schema step, over the same disks and the same server's files.
 */
const copy = newerApplication();
let newer: Version;
let template: Template;
let owner: Person;
let other: Person;

beforeAll(async () => {
  const file = join(copy.folder, 'tests/faults/skew/version.ts');
  ({ version: newer } = (await import(/* @vite-ignore */ file)) as { version: Version });
  template = await makeTemplate();
  [owner, other] = template.people as [Person, Person];
});

afterAll(() => {
  template.remove();
  copy.remove();
});

const locality = (id: string, values: RecordEdit['values']): RecordEdit => ({
  kind: 'locality',
  id,
  values,
});
const made = (id: string, name: string) => locality(id, { _created: true, name });
const versionOf = (name: string): Version => (name === 'older' ? older : newer);

test.each(['older', 'newer'])(
  'S2: what was saved before an update is shown as the newer application reads it, and goes to an %s server as it was',
  async (which) => {
    const server = await versionOf(which).serve(template.folder);
    const before = await older.open(owner);
    await before.save([made('a', 'Zamalka')]);
    await before.save([locality('a', { pcode: 'SY030207' })]);
    const { waiting } = await before.lies();
    expect(waiting).toHaveLength(2);
    before.close();

    const after = await newer.open(owner, before.disk);
    const expected = { id: 'a', name: 'Zamalka', written: 'Zamalka', pcode: 'SY030207' };
    expect(after.shown('a')).toEqual(expected); // with no network yet
    expect(await after.lies()).toEqual({ waiting, groups: 2, aside: 0 });
    expect(await after.sync(server)).toBe('done');
    expect(await after.lies()).toEqual({ waiting: [], groups: 2, aside: 0 });

    const [old, young] = [await older.open(other), await newer.open(other)];
    expect([await old.sync(server), await young.sync(server)]).toEqual(['done', 'done']);
    expect(old.shown('a')).toEqual({ id: 'a', name: 'Zamalka', pcode: 'SY030207' });
    expect(young.shown('a')).toEqual(expected);
    rmSync(await server.end(), { recursive: true });
  },
);

test('what a newer application adds is kept by an older phone and server, and shown after their update', async () => {
  const server = await older.serve(template.folder);
  const young = await newer.open(owner);
  await young.save([locality('b', { _created: true, name: 'Arbin', written: 'Arbin', depth: 4 })]);
  expect(await young.sync(server)).toBe('done');
  const old = await older.open(other);
  expect(await old.sync(server)).toBe('done');
  expect(old.shown('b')).toEqual({ id: 'b', name: 'Arbin' });
  expect(old.kept('b')).toEqual({ name: 'Arbin', written: 'Arbin', depth: 4 });
  await old.save([locality('b', { name: 'Arbeen' })]);
  expect(await old.sync(server)).toBe('done');
  old.close();

  const expected = { id: 'b', name: 'Arbeen', written: 'Arbeen', depth: 4 };
  const updated = await newer.open(other, old.disk);
  expect(updated.shown('b')).toEqual(expected);
  expect(await young.sync(server)).toBe('done');
  expect(young.shown('b')).toEqual(expected);
  expect((await young.lies()).aside).toBe(0);

  const folder = await server.end();
  const server2 = await newer.serve(folder);
  const fresh = await newer.open(owner);
  expect(await fresh.sync(server2)).toBe('done');
  expect(fresh.shown('b')).toEqual(expected);
  rmSync(await server2.end(), { recursive: true });
  rmSync(folder, { recursive: true });
});

test('S6: records that came in a snapshot of an older schema stay until the server is reached, and what waits is kept', async () => {
  const server = await older.serve(template.folder);
  const author = await older.open(owner);
  await author.save([made('c', 'Duma'), made('d', 'Harasta')]);
  expect(await author.sync(server)).toBe('done');
  await server.makeSnapshots();
  expect(await server.offered(other, 1)).toBe(1);

  const before = await older.open(other);
  expect(await before.sync(server)).toBe('done');
  expect((await before.lies()).groups).toBe(0);
  await before.save([locality('c', { name: 'Douma' }), made('e', 'Zamalka')]);
  const { waiting } = await before.lies();
  before.close();

  const updated = await newer.open(other, before.disk);
  expect(updated.shown('d')).toEqual({ id: 'd', name: 'Harasta' });
  expect(updated.shown('c')).toEqual({ id: 'c', name: 'Douma' });
  expect((await updated.lies()).waiting).toEqual(waiting);

  const folder = await server.end();
  const server2 = await newer.serve(folder);
  expect(await server2.offered(owner, 2)).toBe('none');
  expect(await server2.verifySnapshots()).toEqual([]);
  expect(await updated.sync(server2)).toBe('done');
  for (const [id, name] of [
    ['c', 'Douma'],
    ['d', 'Harasta'],
    ['e', 'Zamalka'],
  ] as const) {
    expect(updated.shown(id)).toEqual({ id, name, written: name });
  }
  expect(await updated.lies()).toMatchObject({ waiting: [], aside: 0 });

  await server2.makeSnapshots();
  expect(await server2.offered(owner, 2)).toBe(2);
  expect(await server2.offered(owner, 1)).toBe('none');
  expect(await server2.verifySnapshots()).toEqual([]);
  const fresh = await newer.open(owner);
  expect(await fresh.sync(server2)).toBe('done');
  expect((await fresh.lies()).groups).toBe(0);
  expect(fresh.shown('d')).toEqual({ id: 'd', name: 'Harasta', written: 'Harasta' });
  rmSync(await server2.end(), { recursive: true });
  rmSync(folder, { recursive: true });
});

test('a newer phone does not begin with the snapshot of an older server: it pulls the groups', async () => {
  const server = await older.serve(template.folder);
  const author = await older.open(owner);
  await author.save([made('f', 'Ayn Tarma')]);
  expect(await author.sync(server)).toBe('done');
  await server.makeSnapshots();
  const fresh = await newer.open(other);
  expect(await fresh.sync(server)).toBe('done');
  expect((await fresh.lies()).groups).toBe(1);
  expect(fresh.shown('f')).toEqual({ id: 'f', name: 'Ayn Tarma', written: 'Ayn Tarma' });
  rmSync(await server.end(), { recursive: true });
});

test('a snapshot that was being loaded when the application was updated is not gone on with', async () => {
  const server = await older.serve(template.folder);
  const author = await older.open(owner);
  await author.save([made('i', 'Misraba')]);
  expect(await author.sync(server)).toBe('done');
  await server.makeSnapshots();
  const before = await older.open(other);
  expect(await before.sync(server, [{ fate: 'sound' }, { fate: 'lost' }])).toBe('offline');
  expect(before.kept('i')).toBeUndefined();
  before.close();
  const folder = await server.end();
  const server2 = await newer.serve(folder);
  const updated = await newer.open(other, before.disk);
  expect(await updated.sync(server2)).toBe('done');
  expect(updated.shown('i')).toEqual({ id: 'i', name: 'Misraba', written: 'Misraba' });
  rmSync(await server2.end(), { recursive: true });
  rmSync(folder, { recursive: true });
});

test('a page of the older application that writes after the update is read anew too', async () => {
  const before = await older.open(owner);
  await before.save([made('g', 'Saqba')]);
  const updated = await newer.open(owner, before.disk);
  updated.close();
  const again = await older.open(owner, before.disk);
  expect(again.shown('g')).toEqual({ id: 'g', name: 'Saqba' });
  await again.save([made('h', 'Hammuriyah')]);
  again.close();
  const last = await newer.open(owner, before.disk);
  expect(last.shown('g')).toEqual({ id: 'g', name: 'Saqba', written: 'Saqba' });
  expect(last.shown('h')).toEqual({ id: 'h', name: 'Hammuriyah', written: 'Hammuriyah' });
  expect((await last.lies()).waiting).toHaveLength(2);
});
