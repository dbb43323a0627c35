import { createWriteStream, type WriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { sql } from 'kysely';
import { atOneMoment } from '../store/one-moment.ts';
import type { Queries, Store } from '../store/store.ts';
import { KEPT_TABLES, TABLES, type TableName } from './tables.ts';

export const BACKUP_FORMAT = 'crossline backup 1';

/** Rows read at once: a page of the largest groups still fits into memory. */
const PAGE = 200;

type Row = Record<string, unknown>;

/**
 * Everything in the store, its keys too, as it was at one moment, into one file: compressed lines of
 * JSON that either kind of store can be restored from. A running server is not disturbed.
 */
export async function backup(store: Store, file: string, now: number): Promise<{ rows: number }> {
  const unfinished = `${file}.unfinished`;
  const rows = await atOneMoment(store, (db) => writeRows(db, unfinished, now));
  await rename(unfinished, file);
  return { rows };
}

async function writeRows(db: Queries, file: string, now: number): Promise<number> {
  let rows = 0;
  async function* lines(): AsyncGenerator<string> {
    yield `${JSON.stringify([BACKUP_FORMAT, new Date(now).toISOString()])}\n`;
    for (const table of KEPT_TABLES) {
      for await (const row of rowsOf(db, table)) {
        rows += 1;
        yield `${JSON.stringify([table, row])}\n`;
      }
    }
    yield `${JSON.stringify(['end', rows])}\n`;
  }
  await pipeline(Readable.from(lines()), createGzip(), onDisk(file));
  return rows;
}

/** Written through before it gets its name: a backup that is there is whole. */
const onDisk = (file: string): WriteStream => createWriteStream(file, { mode: 0o600, flush: true });

/** All rows of a table in the order of its key, a page at a time. */
async function* rowsOf(db: Queries, table: TableName): AsyncGenerator<Row> {
  const { bytes = [] } = TABLES[table] as { bytes?: string[] };
  for (let after: Row | undefined; ;) {
    const page: Row[] = await readPage(db, table, after);
    for (const row of page) {
      const plain = { ...row };
      for (const column of bytes) {
        plain[column] = Buffer.from(row[column] as Uint8Array).toString('base64url');
      }
      yield plain;
    }
    after = page.at(-1);
    if (page.length < PAGE) return;
  }
}

async function readPage(db: Queries, table: TableName, after: Row | undefined): Promise<Row[]> {
  const { key } = TABLES[table] as { key: string[] };
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const values = sql.join(key.map((column) => after?.[column]));
  const from = after ? sql`where (${columns}) > (${values})` : sql``;
  const query = sql<Row>`select * from ${sql.table(table)} ${from} order by ${columns} limit ${sql.lit(PAGE)}`;
  return (await query.execute(db)).rows;
}
