import type { RecordState } from '#lib/changes/fold.ts';
import { RECORDS_IN_PAGE } from '#lib/changes/record-page.ts';
import { randomId } from '#lib/crypto/random.ts';
import type { Result } from '#lib/domain/result.ts';
import { sealPage, settleHomes, type SealedRows } from './record-rows.ts';
import type { RecordStore } from './record-store.ts';
import type { StorageError } from './storage-error.ts';

/** So many single rows are cheap to open; more are folded into pages when nobody is waiting. */
const ROWS_LEFT_ALONE = 128;
const MOST_AT_ONCE = 512;

/**
 * Folds single rows into pages of 64: a record that has a page goes back into it, new ones make
 * new pages. Nothing changes but where they lie. How many rows were folded.
 */
export async function tidy(store: RecordStore): Promise<Result<number, StorageError>> {
  const { db, homes } = store;
  return store.inTurn(async () => {
    if (homes.rowOf.size <= ROWS_LEFT_ALONE) return 0;
    return store.writing(async () => {
      const folding = [...homes.rowOf].slice(0, MOST_AT_ONCE);
      const records = folding.map(([record]) => record);
      const pageIds = new Set(records.flatMap((record) => homes.pageOf.get(record) ?? []));
      const states = (ids: readonly string[]): RecordState[] =>
        ids.flatMap((id) => store.states.get(id) ?? []);
      const inPages = new Map<string, string[]>();
      for (const [record, page] of homes.pageOf) {
        if (pageIds.has(page)) inPages.set(page, [...(inPages.get(page) ?? []), record]);
      }
      const fresh = records.filter((record) => !homes.pageOf.has(record));
      for (let at = 0; at < fresh.length; at += RECORDS_IN_PAGE) {
        inPages.set(randomId(), fresh.slice(at, at + RECORDS_IN_PAGE));
      }
      const pages = await Promise.all(
        [...inPages].map(([id, ids]) => sealPage(id, states(ids), store.cipher)),
      );
      const sealed: SealedRows = { pages, rows: [] };
      const rowsOfFolded = rowsToDelete(store, folding, pages);
      return {
        result: folding.length,
        write: {
          states: [],
          sealed,
          body: () => db.rows.bulkDelete(rowsOfFolded),
          after: () => {
            settleHomes(homes, sealed);
            for (const page of pages) for (const record of page.records) homes.rowOf.delete(record);
          },
        },
      };
    });
  });
}

/** A page that is written anew holds the newest copy of all its records: all their rows go. */
function rowsToDelete(
  store: RecordStore,
  folding: readonly (readonly [string, string])[],
  pages: SealedRows['pages'],
): string[] {
  const ids = new Set(folding.map(([, row]) => row));
  for (const page of pages) {
    for (const record of page.records) {
      const row = store.homes.rowOf.get(record);
      if (row !== undefined) ids.add(row);
    }
  }
  return [...ids];
}
