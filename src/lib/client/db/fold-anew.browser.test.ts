import { afterEach, expect, test } from 'vitest';
import { SCHEMA, type Group } from '#lib/changes/change.ts';
import { editRecord } from '#lib/changes/edit.ts';
import { fieldValue } from '#lib/changes/fold.ts';
import { generateDataKey } from '#lib/crypto/keys.ts';
import { randomId } from '#lib/crypto/random.ts';
import { foldElsewhere } from '../../../../tests/support/folding-elsewhere.ts';
import { asSigned, readAsNewer, readAsOlder } from '../../../../tests/support/two-readings.ts';
import { sealingCipher } from './cipher.ts';
import { DeviceDatabase } from './database.ts';
import { RecordStore } from './record-store.ts';
import { mendStates } from './refold.ts';

/** ADR 0068: rows that an older version folded, opened by a newer one, in a browser's own database. */

const key = await generateDataKey();
const open: DeviceDatabase[] = [];
const RECORDS = 300;

afterEach(async () => {
  for (const db of open) db.close();
  for (const db of open.splice(0)) await db.delete();
});

async function openAs(name: string, read: typeof readAsOlder): Promise<RecordStore> {
  const db = new DeviceDatabase(name);
  open.push(db);
  const store = new RecordStore(db, sealingCipher(key), read);
  expect((await store.catchUp()).ok).toBe(true);
  return store;
}

/** A phone of the older version: everything it recorded waits to be sent. */
async function olderPhone(): Promise<string> {
  const name = `test-${randomId()}`;
  const store = await openAs(name, readAsOlder);
  const transport = { pushToken: 't', epoch: 'e', replica: 'r', n: 0, lastContact: '' };
  await store.db.transport.put({ id: 'transport', ...transport });
  const context = {
    operation: 'op',
    author: 'me',
    deviceTime: '2016-06-29T10:00:00.000Z',
    schema: 1,
    newId: randomId,
  };
  for (const text of ['first', 'second']) {
    await store.commit((states) =>
      Promise.resolve(
        Array.from({ length: RECORDS }, (_, index) => {
          const values = { name: `${text} ${index}`, notes: 'kept', future: index };
          const id = `c${index}`;
          const change = editRecord(states.get(id), 'convoy', id, values, context)!;
          const group: Group = {
            id: randomId(),
            operation: 'op',
            stream: 'log',
            device: 'd',
            changes: [change],
          };
          return {
            group,
            signed: asSigned(group),
            envelope: crypto.getRandomValues(new Uint8Array(40)),
          };
        }),
      ),
    );
  }
  await store.db.revision.update('revision', { schema: SCHEMA - 1 });
  store.db.close();
  return name;
}

async function queueOf(name: string): Promise<string> {
  const db = new DeviceDatabase(name);
  const rows = await db.queue.orderBy('[replica+n]').toArray();
  db.close();
  return JSON.stringify(rows.map((row) => ({ ...row, envelope: [...row.envelope] })));
}

async function markOf(name: string): Promise<number | undefined> {
  const db = new DeviceDatabase(name);
  const row = await db.revision.get('revision');
  db.close();
  return row?.schema;
}

/** How many records show what only the newer version knows, and how many have lost anything. */
function look(store: RecordStore): { known: number; damaged: number } {
  let [known, damaged] = [0, 0];
  for (let index = 0; index < RECORDS; index++) {
    const state = store.states.get(`c${index}`);
    const value = (field: string) => state && fieldValue(state, field);
    if (value('written') === `second ${index}`) known += 1;
    const isWhole = value('name') === `second ${index}` && value('notes') === 'kept';
    if (!isWhole || value('future') !== index) damaged += 1;
  }
  return { known, damaged };
}

test('a field that the older version did not know shows once the newer one opens; nothing is lost, and the queue is as it was', async () => {
  const name = await olderPhone();
  const before = await queueOf(name);
  const older = await openAs(name, readAsOlder);
  expect(look(older)).toEqual({ known: 0, damaged: 0 });
  older.db.close();
  const newer = await openAs(name, readAsNewer);
  expect(newer.isOutdated).toBe(true);
  await mendStates(newer);
  expect(look(newer)).toEqual({ known: RECORDS, damaged: 0 });
  newer.db.close();
  const again = await openAs(name, readAsNewer);
  expect([again.isOutdated, look(again)]).toEqual([false, { known: RECORDS, damaged: 0 }]);
  expect(await queueOf(name)).toBe(before);
});

test('killed at any moment while it folds anew: nothing is lost, it begins again, and what waits stays byte for byte', async () => {
  const name = await olderPhone();
  const before = await queueOf(name);
  let kills = 0;
  for (let ms = 0; ; ms = ms * 2 + 1) {
    const worker = foldElsewhere();
    const told: string[] = [];
    const opened = new Promise<void>((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<string>) => {
        told.push(data);
        resolve();
      };
    });
    worker.postMessage({ name, key });
    await opened;
    await new Promise((resolve) => setTimeout(resolve, ms));
    worker.terminate();
    expect(await queueOf(name)).toBe(before);
    const mark = await markOf(name);
    const left = await openAs(name, readAsNewer);
    // Either as the older version left all of it, or all of it anew.
    expect(left.isOutdated).toBe(mark !== SCHEMA);
    if (!left.isOutdated) expect(look(left)).toEqual({ known: RECORDS, damaged: 0 });
    else expect(look(left).damaged).toBe(0);
    left.db.close();
    if (mark === SCHEMA) break;
    if (!told.includes('folded')) kills += 1;
  }
  expect(kills).toBeGreaterThan(0);
});
