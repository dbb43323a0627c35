import { inStep, type Gather } from './gathering.ts';
import { findOnPostgres, insertOnPostgres, lockOnPostgres } from './postgres-rows.ts';
import type { CounterRow, StoreSchema } from './schema.ts';
import type {
  ColumnOf,
  Find,
  FindIn,
  Insert,
  ManyRows,
  OnConflict,
  Values,
} from './row-statements.ts';
import { writeThroughRaces } from './races.ts';
import { findOnSqlite, insertOnSqlite, readCounter } from './sqlite-rows.ts';
import type { StoreKind } from './migrate.ts';
import type { Store, Tx } from './store.ts';

/**
 * The rows of one operation, within a transaction that several operations may share. On PostgreSQL
 * what they look up and insert at the same step goes over the wire together.
 */
export interface OperationRows {
  readonly operation: string;
  /** For what is seldom asked. */
  readonly tx: Tx;
  /** Rows whose key column holds one of these values, each once, in no order. No values, no query. */
  find<T extends ManyRows, C extends ColumnOf<T>>(
    table: T,
    columns: readonly C[],
    key: ColumnOf<T>,
    values: Iterable<string>,
  ): Promise<Pick<StoreSchema[T], C>[]>;
  insert<T extends ManyRows>(
    table: T,
    rows: readonly StoreSchema[T][],
    onConflict?: OnConflict<T>,
  ): Promise<void>;
  /** Takes the operation's counter row: nobody else gets it before the transaction ends. */
  lockCounter(): Promise<CounterRow>;
}

export function operationRows(
  kind: StoreKind,
  tx: Tx,
  operation: string,
  gather: Gather,
): OperationRows {
  const isPostgres = kind === 'postgres';
  return {
    operation,
    tx,
    find: async (table, columns, key, wanted) => {
      const values = [...new Set(wanted)];
      if (values.length === 0) return [];
      const find: Find = { table, columns, key };
      const found = isPostgres
        ? await gather(
            `find ${table} ${key} ${columns.join()}`,
            (items: readonly FindIn[]) => findOnPostgres(tx, find, items),
            { operation, values },
          )
        : await findOnSqlite(tx, find, { operation, values });
      return found as never;
    },
    insert: async (table, rows, onConflict) => {
      const [first] = rows;
      if (!first) return;
      const columns = Object.keys(first);
      const insert: Insert = { table, columns, onConflict: onConflict as OnConflict | undefined };
      const plain = rows as unknown as readonly Values[];
      if (!isPostgres) return insertOnSqlite(tx, insert, plain);
      await gather(
        `insert ${table} ${columns.join()} ${String(onConflict)}`,
        (items: readonly (readonly Values[])[]) => insertOnPostgres(tx, insert, items),
        plain,
      );
    },
    lockCounter: () =>
      isPostgres
        ? gather(
            'counter',
            (operations: readonly string[]) => lockOnPostgres(tx, operations),
            operation,
          )
        : readCounter(tx, operation),
  };
}

/** One transaction of one operation alone. */
export async function writeRows<T>(
  store: Store,
  operation: string,
  work: (rows: OperationRows) => Promise<T>,
): Promise<T> {
  const [result] = await writeThroughRaces(store, (tx) =>
    inStep([operation], (one, gather) => work(operationRows(store.kind, tx, one, gather))),
  );
  return result as T;
}
