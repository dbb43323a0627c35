import { expect, type Page } from '@playwright/test';
import { DRAFT_DATABASE } from '#lib/client/db/names.ts';

/** In the browser: the drafts as they lie there, which is sealed. */
async function sealedDrafts(name: string): Promise<string> {
  if (!(await indexedDB.databases()).some((database) => database.name === name)) return '';
  const db = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => resolve(opening.result);
  });
  const rows = await new Promise<{ bytes: Uint8Array }[]>((resolve) => {
    const asking = db.transaction('drafts').objectStore('drafts').getAll();
    asking.onsuccess = () => resolve(asking.result as { bytes: Uint8Array }[]);
  });
  db.close();
  return rows.map(({ bytes }) => new Uint8Array(bytes).join()).join(';');
}

/** A draft is kept at every pause of 500 ms: there is one, and no more comes. */
export async function draftIsKept(page: Page): Promise<void> {
  let before = '';
  const isSettled = async (): Promise<boolean> => {
    const now = await page.evaluate(sealedDrafts, DRAFT_DATABASE);
    const isSame = now !== '' && now === before;
    before = now;
    return isSame;
  };
  await expect.poll(isSettled, { intervals: [1_000], timeout: 30_000 }).toBe(true);
}
