import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { Group } from '#lib/changes/change.ts';
import { editRecord } from '#lib/changes/edit.ts';
import { fieldValue, type RecordState } from '#lib/changes/fold.ts';
import { generateDataKey } from '#lib/crypto/keys.ts';
import { randomId } from '#lib/crypto/random.ts';
import { sealingCipher } from './cipher.ts';
import { DeviceDatabase } from './database.ts';
import type { OwnGroup } from './group-rows.ts';
import { acknowledge, outgoing } from './queue.ts';
import { queueState } from './queue-state.ts';
import { refold } from './refold.ts';
import { receive } from './receive.ts';
import { RecordStore } from './record-store.ts';
import { tidy } from './tidy.ts';
import { comparableAll } from '../../../../tests/support/comparable-states.ts';

const key = await generateDataKey();
const cipher = sealingCipher(key);
const open: DeviceDatabase[] = [];

const toBytes = (group: Group): Uint8Array => new TextEncoder().encode(JSON.stringify(group));
const readGroup = (bytes: Uint8Array): Group =>
  JSON.parse(new TextDecoder().decode(bytes)) as Group;

async function openStore(name: string): Promise<RecordStore> {
  const db = new DeviceDatabase(name);
  open.push(db);
  const store = new RecordStore(db, cipher, readGroup);
  const loaded = await store.catchUp();
  expect(loaded.ok).toBe(true);
  return store;
}

async function newDevice(): Promise<RecordStore> {
  const store = await openStore(`test-${randomId()}`);
  const transport = { pushToken: 't', epoch: 'e', replica: 'r', n: 0, lastContact: '' };
  await store.db.transport.put({ id: 'transport', ...transport });
  return store;
}

afterEach(async () => {
  for (const db of open.splice(0)) await db.delete();
});

function groupOf(
  states: ReadonlyMap<string, RecordState>,
  edits: readonly { id: string; values: Record<string, string | number> }[],
): OwnGroup | undefined {
  const context = {
    operation: 'op',
    author: 'me',
    deviceTime: '2016-06-29T10:00:00.000Z',
    schema: 1,
    newId: randomId,
  };
  const changes = edits.flatMap(
    ({ id, values }) => editRecord(states.get(id), 'convoy', id, values, context) ?? [],
  );
  if (changes.length === 0) return undefined;
  const group: Group = { id: randomId(), operation: 'op', stream: 'log', device: 'd', changes };
  return { group, signed: toBytes(group), envelope: new Uint8Array([1, 2, 3]) };
}

const save = (store: RecordStore, id: string, values: Record<string, string | number>) =>
  store.commit((states) => Promise.resolve([groupOf(states, [{ id, values }])!].filter(Boolean)));

const shown = (store: RecordStore, id: string, field: string) =>
  fieldValue(store.states.get(id)!, field);

test('S1: records, group, envelope and number are on disk when saving answers', async () => {
  const store = await newDevice();
  const saved = await save(store, 'c1', { name: 'first' });
  expect(saved.ok && saved.value).toHaveLength(1);
  store.db.close();
  const again = await openStore(store.db.name);
  expect(shown(again, 'c1', 'name')).toBe('first');
  expect(await again.db.groups.count()).toBe(1);
  expect(await queueState(again.db)).toMatchObject({ unsent: 1, bytes: 3 });
  expect((await again.db.transport.get('transport'))?.n).toBe(1);
});

test('S1: a save that fails in the middle leaves nothing at all', async () => {
  const store = await newDevice();
  await save(store, 'c1', { name: 'first' });
  // The number is taken: the queue refuses the row after records and group were put.
  await store.db.queue.add({
    replica: 'r',
    n: 2,
    group: 'other',
    envelope: new Uint8Array(1),
    size: 1,
    acked: 0,
  });
  const failed = await save(store, 'c1', { name: 'second' });
  expect(failed).toMatchObject({ ok: false, error: { type: 'storage_failed' } });
  expect(shown(store, 'c1', 'name')).toBe('first');
  const again = await openStore(store.db.name);
  expect(shown(again, 'c1', 'name')).toBe('first');
  expect(await again.db.groups.count()).toBe(1);
  expect((await again.db.transport.get('transport'))?.n).toBe(1);
});

test('S1, S8: two tabs that save at once lose nothing, and number without gaps', async () => {
  const one = await newDevice();
  const two = await openStore(one.db.name);
  await Promise.all(
    Array.from({ length: 10 }, (_, i) => save(i % 2 ? one : two, 'c1', { [`f${i}`]: i })),
  );
  await Promise.all([one.catchUp(), two.catchUp()]);
  for (let i = 0; i < 10; i++) {
    expect(shown(one, 'c1', `f${i}`)).toBe(i);
    expect(shown(two, 'c1', `f${i}`)).toBe(i);
  }
  const numbers = (await one.db.queue.orderBy('[replica+n]').toArray()).map((row) => row.n);
  expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  await save(one, 'c1', { name: 'a' });
  await save(two, 'c1', { name: 'b' });
  await one.catchUp();
  expect(one.states.get('c1')?.fields.name).toHaveLength(1);
  expect(shown(one, 'c1', 'name')).toBe('b');
});

test('S2: a group leaves the queue when it is acknowledged and pulled back, in either order', async () => {
  const store = await newDevice();
  const made: OwnGroup[] = [];
  for (const name of ['a', 'b', 'c']) {
    await store.commit((states) => {
      const group = groupOf(states, [{ id: 'c1', values: { name } }])!;
      made.push(group);
      return Promise.resolve([group]);
    });
  }
  await acknowledge(store.db, { replica: 'r', acked: 1, quarantined: [], at: 'now' });
  expect(await store.db.queue.count()).toBe(3);
  expect((await queueState(store.db)).unsent).toBe(2);
  const pull = (groups: OwnGroup[]) =>
    receive(store, { groups, cursor: { stream: 'log', seq: 1, id: 'x' } });
  await pull([made[0]!]);
  expect(await store.db.queue.count()).toBe(2);
  await pull([made[1]!]);
  expect(await store.db.queue.count()).toBe(2);
  await acknowledge(store.db, { replica: 'r', acked: 2, quarantined: [], at: 'now' });
  expect(await store.db.queue.count()).toBe(1);
  expect((await outgoing(store.db, { envelopes: 9, bytes: 9 }))?.rows.map((r) => r.n)).toEqual([3]);
});

test('S2, S9: what the server set aside stands under attention, and is left out of the view', async () => {
  const store = await newDevice();
  await save(store, 'c1', { name: 'kept' });
  await save(store, 'c1', { name: 'refused' });
  await save(store, 'c1', { name: 'built on it' });
  const refused = (await store.db.queue.get(['r', 2]))!.group;
  const quarantined = [{ id: refused, n: 2, code: 'not_allowed' }];
  await acknowledge(store.db, { replica: 'r', acked: 2, quarantined, at: 'now' });
  await refold(store);
  expect(shown(store, 'c1', 'name')).toBe('kept');
  const built = (await store.db.queue.get(['r', 3]))!.group;
  const { attention } = await queueState(store.db);
  expect(new Map(attention.map(({ group, code }) => [group, code]))).toEqual(
    new Map([
      [refused, 'not_allowed'],
      [built, 'base_missing'],
    ]),
  );
  expect(await store.db.groups.where('held').equals(1).count()).toBe(1);
  const again = await openStore(store.db.name);
  expect(shown(again, 'c1', 'name')).toBe('kept');
});

test('S9: a group whose base is not here is held whole, over a restart, and applied when it comes', async () => {
  const author = await newDevice();
  const groups: OwnGroup[] = [];
  for (const name of ['a', 'b']) {
    await author.commit((states) => {
      groups.push(groupOf(states, [{ id: 'c1', values: { name } }])!);
      return Promise.resolve([groups.at(-1)!]);
    });
  }
  const reader = await newDevice();
  const page = (group: OwnGroup, seq: number) =>
    ({ groups: [group], cursor: { stream: 'log', seq, id: group.group.id } }) as const;
  await receive(reader, page(groups[1]!, 1));
  expect(reader.states.has('c1')).toBe(false);
  const again = await openStore(reader.db.name);
  await receive(again, page(groups[0]!, 2));
  expect(shown(again, 'c1', 'name')).toBe('b');
  expect(again.states.get('c1')?.fields.name).toHaveLength(1);
  expect(await again.db.groups.where('held').equals(1).count()).toBe(0);
});

test('no word of a record lies in the database as it was typed', async () => {
  const store = await newDevice();
  await save(store, 'c1', { name: 'MarkedWordZamalka' });
  const everything: string[] = [];
  for (const table of store.db.tables) {
    for (const row of await table.toArray()) {
      for (const value of Object.values(row as object)) {
        everything.push(
          value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value),
        );
      }
    }
  }
  expect(everything.join('\n')).not.toMatch(/MarkedWord|convoy/);
});

test('S5: any saves, pulls and tidying, reopened, equal what was in memory', async () => {
  const edit = fc.record({
    id: fc.integer({ min: 0, max: 220 }).map((n) => `c${n}`),
    field: fc.constantFrom('name', 'notes', 'origin'),
    value: fc.string(),
  });
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.array(edit, { minLength: 1, maxLength: 4 }) },
    { weight: 1, arbitrary: fc.constant('many' as const) },
    { weight: 1, arbitrary: fc.constant('tidy' as const) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const store = await newDevice();
      for (const [index, one] of steps.entries()) {
        if (one === 'tidy') {
          expect((await tidy(store)).ok).toBe(true);
          continue;
        }
        const edits =
          one === 'many'
            ? Array.from({ length: 150 }, (_, i) => ({
                id: `c${i + index * 10}`,
                values: { name: String(index) },
              }))
            : one.map(({ id, field, value }) => ({ id, values: { [field]: value } }));
        const result = await store.commit((states) => {
          const last = [...new Map(edits.map((e) => [e.id, e])).values()];
          const group = groupOf(states, last);
          return Promise.resolve(group ? [group] : []);
        });
        expect(result.ok).toBe(true);
      }
      const again = await openStore(store.db.name);
      expect(comparableAll(again.states)).toEqual(comparableAll(store.states));
      expect(again.damaged).toBe(0);
    }),
    { numRuns: 12 },
  );
});
