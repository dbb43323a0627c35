import { parentPort, workerData } from 'node:worker_threads';
import { loadServerKeys } from '../keys.ts';
import { openStore, type StorePlace } from '../store/store.ts';
import type { Audience } from './fold-streams.ts';
import { makeSnapshot } from './make-snapshot.ts';

/** What a worker is started for: one snapshot. It posts the id, and ends. */
export interface SnapshotTask {
  readonly place: StorePlace;
  readonly operation: string;
  readonly audience: Audience;
  readonly now: number;
}

const { place, operation, audience, now } = workerData as SnapshotTask;
const store = await openStore(place);
try {
  const keys = await loadServerKeys(store, now);
  parentPort?.postMessage(await makeSnapshot(store, keys, operation, audience, now));
} finally {
  await store.close();
}
