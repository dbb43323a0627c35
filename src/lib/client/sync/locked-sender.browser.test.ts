import { afterEach, expect, test } from 'vitest';
import { DeviceDatabase } from '../db/database.ts';
import { DEVICE_DATABASE } from '../db/names.ts';
import { SYNC_LOCK } from './lock-name.ts';
import { sendWhileLocked } from './locked-sender.ts';
import { wipeDevice } from './wipe.ts';

interface Push {
  readonly from: number;
  readonly envelopes: readonly string[];
}

afterEach(() => wipeDevice());

/** A locked device with envelopes that wait, each of so many bytes. */
async function lockedDevice(waiting: number, size: number): Promise<void> {
  await wipeDevice();
  const db = new DeviceDatabase(DEVICE_DATABASE);
  const plain = { pushToken: 't', epoch: 'e', replica: 'r', n: waiting, lastContact: '' };
  await db.transport.put({ id: 'transport', ...plain });
  const envelope = new Uint8Array(size);
  await db.queue.bulkPut(
    Array.from({ length: waiting }, (_, index) => {
      const n = index + 1;
      return { replica: 'r', n, group: `g${n}`, envelope, size, acked: 0 } as const;
    }),
  );
  db.close();
}

async function unsent(): Promise<number[]> {
  const db = new DeviceDatabase(DEVICE_DATABASE);
  const rows = await db.queue.toArray();
  db.close();
  return rows.flatMap(({ n, acked }) => (acked === 0 ? [n] : []));
}

/** A server that takes everything; `meanwhile` happens before it answers. */
function senderTo(pushes: Push[], meanwhile: () => Promise<void> = () => Promise.resolve()) {
  return sendWhileLocked({
    indexedDB,
    locks: navigator.locks,
    fetch: async (_path, { body }) => {
      const push = JSON.parse(body as string) as Push;
      pushes.push(push);
      await meanwhile();
      return Response.json({ acked: push.from + push.envelopes.length - 1 });
    },
  });
}

test('S8: who unlocks while a locked device sends gets the lock after what is under way; the rest is his', async () => {
  await lockedDevice(250, 10);
  const pushes: Push[] = [];
  let taken: Promise<number[]> | undefined;
  const outcome = await senderTo(pushes, async () => {
    taken = navigator.locks.request(SYNC_LOCK, () => unsent());
    await expect.poll(async () => (await navigator.locks.query()).pending?.length).toBe(1);
  });
  expect(outcome).toBe('busy');
  expect(pushes).toHaveLength(1);
  const left = await taken;
  expect(left).toHaveLength(250 - (pushes[0]?.envelopes.length ?? 0));
  expect(left?.[0]).toBe((pushes[0]?.envelopes.length ?? 0) + 1); // noted before the lock went
});

test('S8: where nobody waits all is sent, in pieces that a bad network carries in seconds', async () => {
  await lockedDevice(20, 50 * 1024);
  const pushes: Push[] = [];
  expect(await senderTo(pushes)).toBe('all_sent');
  expect(await unsent()).toEqual([]);
  expect(pushes.flatMap(({ envelopes }) => envelopes)).toHaveLength(20);
  for (const { envelopes } of pushes) expect(envelopes.join('').length).toBeLessThan(180_000);
});

test('one envelope that is larger than a piece goes alone', async () => {
  await lockedDevice(2, 300 * 1024);
  const pushes: Push[] = [];
  expect(await senderTo(pushes)).toBe('all_sent');
  expect(pushes.map(({ from }) => from)).toEqual([1, 2]);
});
