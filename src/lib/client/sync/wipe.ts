import { DEVICE_DATABASE, DRAFT_DATABASE } from '../db/names.ts';
import { deleteDatabase, wipeExample } from './wipe-example.ts';

/**
 * Deletes everything of this application on this device, the wrapped key first: without it what
 * might be left over cannot be read. This is no forensic erasure.
 */
export async function wipeDevice(): Promise<void> {
  await dropVault();
  await Promise.all([DRAFT_DATABASE, DEVICE_DATABASE].map(deleteDatabase));
  await wipeExample();
  globalThis.localStorage?.clear(); // the service worker has none
  if ('caches' in globalThis) {
    for (const name of await caches.keys()) await caches.delete(name);
  }
  const own = (globalThis as { registration?: ServiceWorkerRegistration }).registration;
  const all = own ? [own] : await navigator.serviceWorker?.getRegistrations();
  for (const registration of all ?? []) await registration.unregister();
}

function dropVault(): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.open(DEVICE_DATABASE);
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onerror = () => resolve();
    request.onsuccess = () => {
      const db = request.result;
      const end = (): void => {
        db.close();
        resolve();
      };
      if (!db.objectStoreNames.contains('vault')) return end();
      const tx = db.transaction(['vault', 'transport'], 'readwrite', { durability: 'strict' });
      tx.objectStore('vault').clear();
      tx.objectStore('transport').clear();
      tx.oncomplete = tx.onabort = tx.onerror = end;
    };
  });
}
