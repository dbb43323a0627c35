import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { sql } from 'kysely';
import { randomId } from '#lib/crypto/random.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { audit } from '../people/audit.ts';
import { chainPublication } from '../store/chain-publication.ts';
import { takePresence } from '../store/presence.ts';
import type { Store, StorePlace, Tx } from '../store/store.ts';
import { BACKUP_FORMAT } from './backup.ts';
import { TABLES, TABLE_NAMES, type TableName } from './tables.ts';

export type RestoreError =
  { readonly type: 'store_in_use' } | { readonly type: 'not_a_backup'; readonly line: number };

class NotABackup extends Error {
  readonly line: number;
  constructor(line: number) {
    super(`not a backup: line ${line}`);
    this.line = line;
  }
}

const ROWS_AT_ONCE = 200;

/**
 * Puts a backup in the place of everything the store has, in one transaction, and gives every
 * operation a new epoch: devices that saw more than the backup has rewind and send it again (S7).
 * Refused while a server holds the store, and when the file is not whole.
 */
export async function restore(
  store: Store,
  place: StorePlace,
  file: string,
  now: number,
): Promise<Result<{ rows: number }, RestoreError>> {
  const alone = await takePresence(place, 'alone');
  if (!alone) return err({ type: 'store_in_use' });
  try {
    const rows = await store.write(async (tx) => {
      for (const table of TABLE_NAMES) await tx.deleteFrom(table).execute();
      const count = await fill(tx, file);
      await begin(store, tx, now);
      return count;
    });
    return ok({ rows });
  } catch (error) {
    if (error instanceof NotABackup) return err({ type: 'not_a_backup', line: error.line });
    if (/^Z_(DATA|BUF)_ERROR$/.test(String((error as { code?: unknown }).code))) {
      return err({ type: 'not_a_backup', line: 0 });
    }
    throw error;
  } finally {
    await alone.end();
  }
}

/** Reads the file to its last line, which says how many rows there must have been. */
async function fill(tx: Tx, file: string): Promise<number> {
  let line = 0;
  let rows = 0;
  let table: TableName | null = null;
  let waiting: Record<string, unknown>[] = [];
  let isWhole = false;
  const flush = async (): Promise<void> => {
    if (table && waiting.length > 0)
      await tx
        .insertInto(table)
        .values(waiting as never)
        .execute();
    waiting = [];
  };
  for await (const text of linesOf(file)) {
    line += 1;
    const [name, value] = read(text, line);
    if (line === 1) {
      if (name !== BACKUP_FORMAT) throw new NotABackup(line);
    } else if (name === 'end') {
      isWhole = value === rows;
    } else {
      if (!isTable(name)) throw new NotABackup(line);
      if (name !== table || waiting.length >= ROWS_AT_ONCE) await flush();
      table = name;
      waiting.push(rowOf(name, value, line));
      rows += 1;
    }
  }
  await flush();
  if (!isWhole) throw new NotABackup(line);
  return rows;
}

/** The lines of a compressed file; a file that breaks off throws instead of ending. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const plain = source.pipe(createGunzip());
  source.on('error', (error) => plain.destroy(error));
  const decoder = new TextDecoder();
  let left = '';
  for await (const chunk of plain as AsyncIterable<Uint8Array>) {
    const lines = (left + decoder.decode(chunk, { stream: true })).split('\n');
    left = lines.pop() ?? '';
    yield* lines;
  }
  if (left !== '') yield left;
}

function read(text: string, line: number): [unknown, unknown] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed) && parsed.length === 2) return [parsed[0], parsed[1]];
  } catch {
    // Said below.
  }
  throw new NotABackup(line);
}

function isTable(name: unknown): name is TableName {
  return typeof name === 'string' && Object.hasOwn(TABLES, name);
}

function rowOf(table: TableName, value: unknown, line: number): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new NotABackup(line);
  const row: Record<string, unknown> = { ...value };
  for (const column of (TABLES[table] as { bytes?: string[] }).bytes ?? []) {
    row[column] = Buffer.from(String(row[column]), 'base64url');
  }
  return row;
}

async function begin(store: Store, tx: Tx, now: number): Promise<void> {
  for (const { id } of await tx.selectFrom('operations').select('id').execute()) {
    await tx.updateTable('operations').set({ epoch: randomId() }).where('id', '=', id).execute();
  }
  if (store.kind === 'postgres') {
    await sql`select setval(pg_get_serial_sequence('audit', 'id'), greatest((select max(id) from audit), 1))`.execute(
      tx,
    );
  }
  // Of a backup that is older than they are.
  await chainPublication(tx as never);
  for (const { id } of await tx.selectFrom('operations').select('id').execute()) {
    await audit(tx, { operation: id, at: now, action: 'restored' });
  }
}
