import type { RecordState } from '#lib/changes/fold.ts';
import { RECORDS_IN_PAGE } from '#lib/changes/record-page.ts';
import { randomId } from '#lib/crypto/random.ts';
import { SCHEMA } from '#lib/changes/change.ts';
import type { Cipher } from './cipher.ts';
import type { DeviceDatabase, RecordRow, RevisionRow } from './database.ts';
import {
  decodeRecords,
  encodeRecords,
  type DecodedRecords,
  type EncodedRecords,
} from './record-codec.ts';

/** From so many new records on they are written as pages at once, not as rows. */
const PAGED_FROM = 32;

/** Where each record lies. A row stands over the page that holds an older copy. */
export interface Homes {
  readonly pageOf: Map<string, string>;
  readonly rowOf: Map<string, string>;
}

export function noHomes(): Homes {
  return { pageOf: new Map(), rowOf: new Map() };
}

export interface SealedPage {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly records: string[];
  /** Those of them whose values the schemas have to read first. */
  readonly doubtful: readonly string[];
}

export interface SealedRow {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly record: string;
  readonly isDoubtful: boolean;
}

export interface SealedRows {
  readonly pages: SealedPage[];
  readonly rows: SealedRow[];
}

/** States sealed to be written: many new records as pages, everything else as single rows. */
export async function sealStates(
  states: readonly RecordState[],
  homes: Homes,
  cipher: Cipher,
): Promise<SealedRows> {
  const fresh = states.filter(({ id }) => !homes.pageOf.has(id) && !homes.rowOf.has(id));
  const paged = fresh.length >= PAGED_FROM ? new Set(fresh) : new Set<RecordState>();
  const single = states.filter((state) => !paged.has(state));
  const chunks: RecordState[][] = [];
  const list = [...paged];
  for (let at = 0; at < list.length; at += RECORDS_IN_PAGE) {
    chunks.push(list.slice(at, at + RECORDS_IN_PAGE));
  }
  const pages: SealedPage[] = [];
  // One after the other: between two pages the screen gets its turn.
  for (const chunk of chunks) pages.push(await sealPage(randomId(), chunk, cipher));
  const rows = await Promise.all(
    single.map(async (state) => {
      const id = homes.rowOf.get(state.id) ?? randomId();
      const { bytes, doubtful } = encodeRecords([state]);
      const isDoubtful = doubtful.length > 0;
      return { id, record: state.id, isDoubtful, bytes: await cipher.seal(id, bytes) };
    }),
  );
  return { pages, rows };
}

export const sealPage = (
  id: string,
  states: readonly RecordState[],
  cipher: Cipher,
): Promise<SealedPage> => sealedPage(id, states, encodeRecords(states), cipher);

/** Records that are encoded already, as a page. */
export async function sealedPage(
  id: string,
  states: readonly RecordState[],
  { bytes, doubtful }: EncodedRecords,
  cipher: Cipher,
): Promise<SealedPage> {
  const records = states.map((state) => state.id);
  return { id, bytes: await cipher.seal(id, bytes), records, doubtful };
}

/** Writes them; to be called inside a transaction over `pages` and `rows`. */
export async function putRows(db: DeviceDatabase, sealed: SealedRows, rev: number): Promise<void> {
  if (sealed.pages.length > 0) {
    await db.pages.bulkPut(sealed.pages.map(({ id, bytes }) => ({ id, rev, bytes })));
  }
  if (sealed.rows.length > 0) {
    await db.rows.bulkPut(sealed.rows.map(({ id, bytes }) => ({ id, rev, bytes })));
  }
}

/** Notes where the written records lie now. */
export function settleHomes(homes: Homes, sealed: SealedRows): void {
  for (const page of sealed.pages) for (const id of page.records) homes.pageOf.set(id, page.id);
  for (const row of sealed.rows) homes.rowOf.set(row.record, row.id);
}

/** Notes which of the written records are doubtful. */
export function settleDoubts(doubtful: Set<string>, { pages, rows }: SealedRows): void {
  for (const page of pages) {
    if (doubtful.size > 0) for (const id of page.records) doubtful.delete(id);
    for (const id of page.doubtful) doubtful.add(id);
  }
  for (const { record, isDoubtful } of rows) {
    if (isDoubtful) doubtful.add(record);
    else doubtful.delete(record);
  }
}

export interface OpenedRow extends DecodedRecords {
  readonly id: string;
}

export interface OpenedRows {
  readonly pages: readonly OpenedRow[];
  readonly rows: readonly OpenedRow[];
  /** Rows that could not be opened. Their records come again from the groups. */
  readonly damaged: number;
}

/** By which schema the records were folded, at the oldest; where there are none, by this one. */
export const schemaOfRows = (at: RevisionRow | undefined): number =>
  at ? (at.schema ?? 1) : SCHEMA;

/** Rows written after a revision, opened; all of them after `-1`, or if all were written anew since. */
export async function openRowsAfter(
  db: DeviceDatabase,
  cipher: Cipher,
  rev: number,
): Promise<
  OpenedRows & { readonly rev: number; readonly isAll: boolean; readonly schema: number }
> {
  const [pages, rows, at, isAll] = await db.transaction(
    'r',
    [db.pages, db.rows, db.revision],
    async () => {
      const revision = await db.revision.get('revision');
      const all = rev < 0 || (revision?.cleared ?? 0) > rev;
      const read = (table: typeof db.pages): Promise<RecordRow[]> =>
        all ? table.toArray() : table.where('rev').above(rev).toArray();
      return [await read(db.pages), await read(db.rows), revision, all] as const;
    },
  );
  let damaged = 0;
  const open = async (row: RecordRow): Promise<OpenedRow> => {
    const bytes = await cipher.open(row.id, row.bytes);
    if (!bytes) damaged += 1;
    return { id: row.id, ...(bytes ? decodeRecords(bytes) : { states: [], doubtful: [] }) };
  };
  const opened = {
    pages: await Promise.all(pages.map(open)),
    rows: await Promise.all(rows.map(open)),
  };
  return { ...opened, damaged, rev: at?.rev ?? 0, isAll, schema: schemaOfRows(at) };
}
