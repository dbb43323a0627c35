import { CompiledQuery } from 'kysely';
import {
  conflictClause,
  KEYED_ALONE,
  listed,
  type Find,
  type FindIn,
  type Insert,
  type Values,
} from './row-statements.ts';
import type { CounterRow } from './schema.ts';
import type { Tx } from './store.ts';

/** Rows in one statement: few different statements, each prepared once. */
const SIZES = [64, 16, 4, 1] as const;

const inserts = new Map<string, string>();

/** The values go in as one list (JSON), so that the statement is the same however many they are. */
export async function findOnSqlite(
  tx: Tx,
  { table, columns, key }: Find,
  { operation, values }: FindIn,
): Promise<Values[]> {
  const isAlone = KEYED_ALONE.has(table);
  const own = isAlone ? '' : '"operation" = ? and ';
  const text = `select ${listed(columns)} from "${table}" where ${own}"${key}" in (select "value" from json_each(?))`;
  const list = JSON.stringify(values);
  const query = CompiledQuery.raw(text, isAlone ? [list] : [operation, list]);
  return (await tx.executeQuery<Values>(query)).rows;
}

export async function insertOnSqlite(
  tx: Tx,
  insert: Insert,
  rows: readonly Values[],
): Promise<void> {
  for (let at = 0; at < rows.length;) {
    const size = SIZES.find((one) => one <= rows.length - at) ?? 1;
    const piece = rows.slice(at, at + size);
    const values = piece.flatMap((row) => insert.columns.map((column) => row[column]));
    await tx.executeQuery(CompiledQuery.raw(insertText(insert, size), values));
    at += size;
  }
}

function insertText(insert: Insert, size: number): string {
  const { table, columns, onConflict } = insert;
  const key = `${table} ${columns.join()} ${String(onConflict)} ${size}`;
  const before = inserts.get(key);
  if (before !== undefined) return before;
  const row = `(${columns.map(() => '?').join(', ')})`;
  const rows = Array.from({ length: size }, () => row).join(', ');
  const text = `insert into "${table}" (${listed(columns)}) values ${rows}${conflictClause(insert)}`;
  inserts.set(key, text);
  return text;
}

/** Of two writers one waits from the beginning of its transaction: there is nothing to lock. */
export async function readCounter(tx: Tx, operation: string): Promise<CounterRow> {
  const query = CompiledQuery.raw('select * from "counters" where "operation" = ?', [operation]);
  const { rows } = await tx.executeQuery<CounterRow>(query);
  return rows[0] as CounterRow;
}
