import { EXAMPLE_DATABASE, EXAMPLE_DRAFT_DATABASE } from '../db/names.ts';

/** Deletes the public example: it can be fetched again. */
export async function wipeExample(): Promise<void> {
  await Promise.all([EXAMPLE_DATABASE, EXAMPLE_DRAFT_DATABASE].map(deleteDatabase));
}

/** Goes on after a moment where another tab does not let go: it is deleted when that tab closes. */
export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = () => resolve();
    request.onblocked = () => setTimeout(resolve, 2_000);
  });
}
