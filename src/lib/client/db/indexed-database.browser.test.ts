import { expect, onTestFinished, test } from 'vitest';
import * as fc from 'fast-check';
import { DeviceDatabase, type GroupRow } from './database.ts';
import { IndexedDatabase } from './indexed-database.ts';

const named = (): string => `test-${crypto.randomUUID()}`;
const group = (id: string, rest: Partial<GroupRow> = {}): GroupRow => ({
  id,
  held: 0,
  confirmed: 0,
  at: 1,
  bytes: new Uint8Array([1]),
  ...rest,
});

function database(name = named()): DeviceDatabase {
  const db = new DeviceDatabase(name);
  onTestFinished(() => db.delete());
  return db;
}

const idsOf = async (db: DeviceDatabase): Promise<string[]> =>
  (await db.groups.toArray()).map(({ id }) => id);

test('S1: what fails in a transaction leaves nothing of it behind, whatever was caught before', async () => {
  const db = database();
  await db.groups.add(group('there'));
  const failing = db.transaction('rw', [db.groups, db.revision], async () => {
    await db.groups.add(group('new'));
    await expect(db.groups.bulkAdd([group('other'), group('there')])).rejects.toThrow();
    await db.revision.put({ id: 'revision', rev: 1 });
    throw new RangeError('no');
  });
  await expect(failing).rejects.toThrow(RangeError);
  expect(await idsOf(db)).toEqual(['there']);
  expect(await db.revision.count()).toBe(0);
});

test('S1: a row that is there twice fails the whole writing, by the name of the error', async () => {
  const db = database();
  await expect(
    db.groups.bulkAdd([group('a'), group('b'), group('a'), group('c')]),
  ).rejects.toMatchObject({ name: 'ConstraintError' });
  expect(await idsOf(db)).toEqual([]);
});

test('S1: a transaction that waits for something else does not pass for one', async () => {
  const db = database();
  const other = database();
  const waiting = db.transaction('rw', [db.groups], async () => {
    await db.groups.put(group('before'));
    await other.groups.put(group('elsewhere'));
  });
  await expect(waiting).rejects.toMatchObject({ name: 'TransactionInactiveError' });
});

test('S1: a transaction inside another is part of it', async () => {
  const db = database();
  const failing = db.transaction('rw', [db.groups, db.cursors], async () => {
    await db.groups.put(group('a'));
    await db.transaction('rw', [db.cursors], () =>
      db.cursors.put({ stream: 'registry', seq: 1, id: 'g' }),
    );
    throw new RangeError('no');
  });
  await expect(failing).rejects.toThrow(RangeError);
  expect(await db.cursors.count()).toBe(0);
  const outside = db.transaction('r', [db.groups], () =>
    db.cursors.put({ stream: 'registry', seq: 1, id: 'g' }),
  );
  await expect(outside).rejects.toMatchObject({ name: 'NotFoundError' });
});

test('transactions begun together stay apart, and each sees the other whole or not at all', async () => {
  const db = database();
  const raise = (): Promise<void> =>
    db.transaction('rw', [db.revision], async () => {
      const row = await db.revision.get('revision');
      await db.revision.put({ id: 'revision', rev: (row?.rev ?? 0) + 1 });
    });
  const reads: number[] = [];
  await Promise.all(
    Array.from({ length: 12 }, async () => {
      await raise();
      reads.push((await db.revision.get('revision'))?.rev ?? 0);
    }),
  );
  expect((await db.revision.get('revision'))?.rev).toBe(12);
  expect([...reads].sort((a, b) => a - b)).toEqual(reads);
});

test('rows: what is asked for is what a list of the same rows would give', async () => {
  const db = database();
  const bit = fc.constantFrom(0 as const, 1 as const);
  const rows = fc.uniqueArray(
    fc.record({ n: fc.integer({ min: 0, max: 40 }), acked: bit, size: fc.integer({ max: 9 }) }),
    { selector: ({ n }) => n, maxLength: 25 },
  );
  const numbers = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }));
  await fc.assert(
    fc.asyncProperty(rows, numbers, bit, fc.nat(9), async (given, [one, other], acked, most) => {
      const [from, to] = one < other ? [one, other] : [other, one];
      const all = given
        .map((row) => ({
          ...row,
          replica: 'r',
          group: `g${row.n % 5}`,
          envelope: new Uint8Array(),
        }))
        .sort((a, b) => a.n - b.n);
      await db.queue.clear();
      await db.queue.bulkAdd(all);
      const within = db.queue.where('[replica+n]').between(['r', from], ['r', to], true, true);
      expect(await within.toArray()).toEqual(all.filter(({ n }) => n >= from && n <= to));
      expect(
        await within
          .and((row) => row.acked === acked)
          .limit(most + 1)
          .toArray(),
      ).toEqual(
        all.filter((row) => row.n >= from && row.n <= to && row.acked === acked).slice(0, most + 1),
      );
      const groups = ['g1', 'g3', 'g1'];
      const some = await db.queue.where('group').anyOf(groups).primaryKeys();
      expect(new Set(some.map(([, n]) => n))).toEqual(
        new Set(all.flatMap((row) => (groups.includes(row.group) ? row.n : []))),
      );
      await db.queue.where('acked').equals(acked).modify({ size: -1 });
      await db.queue
        .where('group')
        .anyOf(groups)
        .and((row) => row.n > from)
        .delete();
      expect(await db.queue.orderBy('[replica+n]').toArray()).toEqual(
        all
          .map((row) => (row.acked === acked ? { ...row, size: -1 } : row))
          .filter((row) => !groups.includes(row.group) || row.n <= from),
      );
      const keys = [from, to].map((n): [string, number] => ['r', n]);
      const left = new Map((await db.queue.toArray()).map((row) => [row.n, row]));
      expect(await db.queue.bulkGet(keys)).toEqual([left.get(from), left.get(to)]);
    }),
    { numRuns: 60 },
  );
});

test('a database of an earlier version keeps its rows and gets the tables that are new', async () => {
  const name = named();
  const before = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(name, 20);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore('groups', { keyPath: 'id' });
      store.createIndex('held', 'held');
      request.transaction?.objectStore('groups').put(group('kept', { held: 1 }));
    };
    request.onsuccess = () => resolve(request.result);
  });
  before.close();
  const db = database(name);
  expect(await db.groups.where('held').equals(1).primaryKeys()).toEqual(['kept']);
  expect(await db.groups.where('confirmed').equals(0).primaryKeys()).toEqual(['kept']);
  expect(await db.snapshot.count()).toBe(0);
  expect([...db.backendDB().objectStoreNames].sort()).toEqual(
    db.tables.map((table) => table.name).sort(),
  );
});

test('a database that a newer application made opens all the same', async () => {
  const name = named();
  await new Promise<void>((resolve) => {
    const request = indexedDB.open(name, 9_000);
    request.onupgradeneeded = () => {
      for (const table of database(name).tables) {
        if (request.transaction) table.create(request.result, request.transaction);
      }
    };
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
  });
  const db = database(name);
  await db.groups.put(group('a'));
  expect(await idsOf(db)).toEqual(['a']);
});

test('closed under the page it opens again; closed or wiped it does not', async () => {
  const db = database();
  await db.groups.put(group('a'));
  db.backendDB().close();
  await db.groups.put(group('b'));
  expect(await idsOf(db)).toEqual(['a', 'b']);

  db.close();
  await expect(db.groups.count()).rejects.toMatchObject({ name: 'DatabaseClosedError' });
  db.close({ disableAutoOpen: false });
  expect(await db.groups.count()).toBe(2);

  const other = database(db.name);
  expect(await other.groups.count()).toBe(2);
  await other.delete();
  await expect(db.groups.put(group('c'))).rejects.toMatchObject({ name: 'DatabaseClosedError' });
  expect(await IndexedDatabase.exists(db.name)).toBe(false);
});

test('what was deleted while it was closed under the page does not come to be again', async () => {
  const db = database();
  await db.groups.put(group('a'));
  db.backendDB().close();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(db.name).onsuccess = resolve;
  });
  await expect(db.groups.put(group('b'))).rejects.toMatchObject({ name: 'DatabaseClosedError' });
  expect(await IndexedDatabase.exists(db.name)).toBe(false);
});
