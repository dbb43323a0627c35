/**
 * Runs inside Chromium: the first sync of a new device, and the least that it could be: the same
 * bytes downloaded and the same sealed rows put. The Node side is first-sync.bench.ts.
 */
import { sealingCipher } from '#lib/client/db/cipher.ts';
import { DeviceDatabase, type RecordRow } from '#lib/client/db/database.ts';
import { RecordStore } from '#lib/client/db/record-store.ts';
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

  /** The same bytes from the same server, one part after the other, and the same rows put. */
  async least(manifest: SnapshotManifest): Promise<number> {
    const from = new DeviceDatabase('first-sync');
    const pages: RecordRow[] = await from.pages.toArray();
    from.close();
    const db = await newDatabase('least');
    const { length } = manifest.parts;
    const each = Math.ceil(pages.length / length);
    const start = performance.now();
    for (let part = 0; part < length; part++) {
      const body = JSON.stringify({ snapshot: manifest.id, part });
      const response = await fetch(PATHS.snapshotPart, { method: 'POST', body });
      await response.text();
      const some = pages.slice(part * each, (part + 1) * each);
      await db.transaction('rw', db.pages, () => db.pages.bulkPut(some));
    }
    const ms = performance.now() - start;
    db.close();
    await db.delete();
    await new DeviceDatabase('first-sync').delete();
    return ms;
  },
};

export type FirstSync = typeof firstSync;

Object.assign(window, { firstSync });
