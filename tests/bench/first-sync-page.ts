/**
 * Runs inside Chromium: the first sync of a new device, and the least that it could be: the same
 * bytes downloaded and the same sealed rows put. The Node side is first-sync.bench.ts.
 */
import { sealingCipher } from '#lib/client/db/cipher.ts';
import { DeviceDatabase, type RecordRow } from '#lib/client/db/database.ts';
import { RecordStore } from '#lib/client/db/record-store.ts';
import { UNDER_WAY } from '#lib/client/sync/parts-ahead.ts';
import { syncRound } from '#lib/client/sync/round.ts';
import { readSigned } from '#lib/client/sync/signed-groups.ts';
import { httpTransport } from '#lib/client/sync/transport.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import type { SnapshotManifest } from '#lib/protocol/wire-records.ts';

const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
  'encrypt',
  'decrypt',
]);

async function newDatabase(name: string): Promise<DeviceDatabase> {
  const db = new DeviceDatabase(name);
  const plain = { pushToken: 't', epoch: 'epoch', replica: 'r', n: 0, lastContact: '' };
  await db.transport.put({ id: 'transport', ...plain });
  return db;
}

const firstSync = {
  /** Milliseconds to sealed, usable records; of it the longest time the page was blocked. */
  async load(point: string): Promise<{ ms: number; records: number; blocked: number }> {
    let blocked = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) blocked = Math.max(blocked, duration);
    });
    observer.observe({ entryTypes: ['longtask'] });
    const db = await newDatabase('first-sync');
    const store = new RecordStore(db, sealingCipher(key), readSigned);
    await store.catchUp();
    const start = performance.now();
    const outcome = await syncRound({
      store,
      transport: httpTransport,
      fullToken: 't',
      serverKey: { id: 'k', public: '' },
      trust: { operation: 'operation', point },
    });
    const ms = performance.now() - start;
    if (outcome.type !== 'done') throw new Error(JSON.stringify(outcome));
    await new Promise((resolve) => setTimeout(resolve, 500));
    observer.disconnect();
    const records = store.states.size;
    await store.close();
    return { ms, records, blocked };
  },

  /**
   * The same bytes from the same server and the same rows put, as well as it can be done without
   * looking at either: as many parts on their way at once, and rows put together while others come.
   */
  async least(manifest: SnapshotManifest): Promise<number> {
    const from = new DeviceDatabase('first-sync');
    const pages: RecordRow[] = await from.pages.toArray();
    from.close();
    const db = await newDatabase('least');
    const { length } = manifest.parts;
    const each = Math.ceil(pages.length / length);
    let [asked, here, written] = [0, 0, 0];
    const download = async (): Promise<void> => {
      while (asked < length) {
        const body = JSON.stringify({ snapshot: manifest.id, part: asked++ });
        const response = await fetch(PATHS.snapshotPart, { method: 'POST', body });
        await response.arrayBuffer();
        here += 1;
        writing = writing.then(write);
      }
    };
    const write = async (): Promise<void> => {
      const some = pages.slice(written * each, here * each);
      written = here;
      if (some.length > 0) await db.transaction('rw', db.pages, () => db.pages.bulkPut(some));
    };
    const start = performance.now();
    let writing = Promise.resolve();
    await Promise.all(Array.from({ length: UNDER_WAY }, download));
    await writing;
    const ms = performance.now() - start;
    if ((await db.pages.count()) !== pages.length) throw new Error('not all rows were put');
    db.close();
    await db.delete();
    await new DeviceDatabase('first-sync').delete();
    return ms;
  },
};

export type FirstSync = typeof firstSync;

Object.assign(window, { firstSync });
