import { expect, test } from 'vitest';
import type { Group } from '#lib/changes/change.ts';
import { editRecord } from '#lib/changes/edit.ts';
import { randomBytes, randomId } from '#lib/crypto/random.ts';
import { plainCipher } from './cipher.ts';
import { DeviceDatabase } from './database.ts';
import { RecordStore } from './record-store.ts';

/** A storage bucket: the same storage with a limit of its own. */
interface Buckets {
  open(name: string, options: { quota: number }): Promise<{ readonly indexedDB: IDBFactory }>;
  delete(name: string): Promise<void>;
}

test('S1: where the storage is full an edit fails whole, and works again when there is room', async () => {
  const { storageBuckets } = navigator as unknown as { readonly storageBuckets: Buckets };
  const bucket = await storageBuckets.open('small', { quota: 3_000_000 });
  const db = new DeviceDatabase(`test-${randomId()}`, bucket.indexedDB);
  const transport = { pushToken: '', epoch: 'e', replica: 'r', n: 0, lastContact: '' };
  await db.transport.put({ id: 'transport', ...transport });
  const store = new RecordStore(db, plainCipher, () => undefined);
  await store.catchUp();
  const save = (name: string, padding: number) =>
    store.commit((states) => {
      const context = {
        operation: 'op',
        author: 'me',
        deviceTime: '2016-06-29T10:00:00.000Z',
        schema: 1,
        newId: randomId,
      };
      const change = editRecord(states.get('c1'), 'convoy', 'c1', { name }, context);
      if (!change) throw new Error('a new name is a change');
      const group: Group = {
        id: randomId(),
        operation: 'op',
        stream: 'log',
        device: 'd',
        changes: [change],
      };
      const envelope = randomBytes(10);
      return Promise.resolve([{ group, signed: new Uint8Array(padding).fill(7), envelope }]);
    });

  expect((await save('first', 100)).ok).toBe(true);
  const full = await save('second', 20_000_000);
  expect(full).toMatchObject({ ok: false, error: { type: 'storage_full' } });
  expect(await db.groups.count()).toBe(1);
  expect((await db.transport.get('transport'))?.n).toBe(1);
  expect(store.states.get('c1')?.seen.length).toBe(1);

  expect((await save('third', 100)).ok).toBe(true);
  expect(await db.queue.count()).toBe(2);
  db.close();
  await storageBuckets.delete('small');
});
