import { CompiledQuery } from 'kysely';
import {
  conflictClause,
  KEYED_ALONE,
  listed,
  type Find,
  type FindIn,
  type Insert,
  type ManyRows,
  type Values,
} from './row-statements.ts';
import { prepared } from './prepared.ts';
import type { CounterRow } from './schema.ts';
import type { Tx } from './store.ts';

/** Columns that hold no text. */
const TYPES: { readonly [T in ManyRows]?: Readonly<Record<string, string>> } = {
  groups: { bytes: 'bytea', signature: 'bytea', receivedAt: 'bigint' },
  replicas: { last: 'bigint' },
  records: { marked: 'integer' },
  publication: { seq: 'bigint' },
  counters: { log: 'bigint', movements: 'bigint' },
  convoys: { endedAt: 'bigint', dueAt: 'bigint', releasedAt: 'bigint' },
};

/**
 * Keys go in as arrays, and each is looked up by itself: `offset 0` keeps PostgreSQL from turning
 * that into a join, for which it reads whole tables as long as it has no statistics of them.
 */
export async function findOnPostgres(
  tx: Tx,
  { table, columns, key }: Find,
  items: readonly FindIn[],
): Promise<Values[][]> {
  const own = KEYED_ALONE.has(table) ? '' : '"operation" = "k"."operation" and ';
  const text =
    `select "k"."item" as "_item", "t".* from unnest($1::integer[], $2::text[], $3::text[]) as "k"("item", "operation", "value") ` +
    `cross join lateral (select ${listed(columns)} from "${table}" where ${own}"${key}" = "k"."value" offset 0) as "t"`;
  const from: number[] = [];
  const operations: string[] = [];
  const values: string[] = [];
  for (const [index, item] of items.entries()) {
    for (const value of item.values) {
      from.push(index);
      operations.push(item.operation);
      values.push(value);
    }
  }
  const query = CompiledQuery.raw(text, [from, operations, values]);
  const { rows } = await tx.executeQuery<Values>(query);
  const found: Values[][] = items.map(() => []);
  for (const { _item, ...row } of rows) found[_item as number]?.push(row);
  return found;
}

export async function insertOnPostgres(
  tx: Tx,
  insert: Insert,
  items: readonly (readonly Values[])[],
): Promise<undefined[]> {
  const { table, columns } = insert;
  const rows = items.flat();
  const types = columns.map((column) => TYPES[table]?.[column] ?? 'text');
  const arrays = types.map((type, index) => `$${index + 1}::${type}[]`).join(', ');
  const text = `insert into "${table}" (${listed(columns)}) select * from unnest(${arrays})${conflictClause(insert)}`;
  const values = columns.map((column) => rows.map((row) => row[column]));
  await tx.executeQuery(CompiledQuery.raw(prepared(text), values));
  return items.map(() => undefined);
}

/** In the order of their names: two processes that need the same rows cannot block each other. */
export async function lockOnPostgres(tx: Tx, operations: readonly string[]): Promise<CounterRow[]> {
  const text = `select * from "counters" where "operation" = any($1::text[]) order by "operation" for update`;
  const { rows } = await tx.executeQuery<CounterRow>(CompiledQuery.raw(text, [operations]));
  const byOperation = new Map(rows.map((row) => [row.operation, row]));
  return operations.map((operation) => byOperation.get(operation) as CounterRow);
}
