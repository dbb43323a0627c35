import type { RunningTransaction } from './running-transaction.ts';

/** Work on one table: inside the transaction whose turn it is, else in one of its own. */
export type WithStore = <T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore, running: RunningTransaction) => Promise<T>,
) => Promise<T>;

/** The name of the primary key, as schemas write it: `id`, `[replica+n]`. */
const keyPathOf = (text: string): string | string[] =>
  text.startsWith('[') ? text.slice(1, -1).split('+') : text;

/** One table of a database: rows of one kind by their key. */
export class Table<Row, Key extends IDBValidKey = string> {
  readonly name: string;
  readonly #primary: string;
  readonly #indexes: readonly string[];
  readonly #with: WithStore;

  /** `schema`: the primary key, then the indexes. */
  constructor(name: string, schema: string, withStore: WithStore) {
    this.name = name;
    const [primary = '', ...indexes] = schema.split(/,\s*/);
    this.#primary = primary;
    this.#indexes = indexes;
    this.#with = withStore;
  }

  /** Makes what of this table is not there yet; inside an upgrade. */
  create(db: IDBDatabase, upgrade: IDBTransaction): void {
    const store = db.objectStoreNames.contains(this.name)
      ? upgrade.objectStore(this.name)
      : db.createObjectStore(this.name, { keyPath: keyPathOf(this.#primary) });
    for (const index of this.#indexes) {
      if (!store.indexNames.contains(index)) store.createIndex(index, keyPathOf(index));
    }
  }

  get(key: Key): Promise<Row | undefined> {
    return this.#with('readonly', (store, running) =>
      running.answered(store.get(key) as IDBRequest<Row | undefined>),
    );
  }

  /** In the order of the keys; undefined where there is no such row. */
  bulkGet(keys: readonly Key[]): Promise<(Row | undefined)[]> {
    if (keys.length === 0) return Promise.resolve([]);
    return this.#with('readonly', (store, running) =>
      running.allAnswered(keys.map((key) => store.get(key) as IDBRequest<Row | undefined>)),
    );
  }

  put(row: Row): Promise<void> {
    return this.bulkPut([row]);
  }

  bulkPut(rows: readonly Row[]): Promise<void> {
    return this.#each(rows, (store, row) => store.put(row));
  }

  /** Fails where a row with the key is there already. */
  add(row: Row): Promise<void> {
    return this.bulkAdd([row]);
  }

  bulkAdd(rows: readonly Row[]): Promise<void> {
    return this.#each(rows, (store, row) => store.add(row));
  }

  /** Sets these fields of a row, if there is one. */
  async update(key: Key, changes: Partial<Row>): Promise<void> {
    await this.#with('readwrite', async (store, running) => {
      const row: unknown = await running.answered(store.get(key));
      if (row) await running.answered(store.put({ ...row, ...changes }));
    });
  }

  delete(key: Key): Promise<void> {
    return this.bulkDelete([key]);
  }

  bulkDelete(keys: readonly Key[]): Promise<void> {
    return this.#each(keys, (store, key) => store.delete(key));
  }

  async clear(): Promise<void> {
    await this.#with('readwrite', (store, running) => running.answered(store.clear()));
  }

  count(): Promise<number> {
    return this.#with('readonly', (store, running) => running.answered(store.count()));
  }

  toArray(): Promise<Row[]> {
    return this.toCollection().toArray();
  }

  toCollection(): Rows<Row, Key> {
    return this.#rows(null, [undefined]);
  }

  filter(keeps: (row: Row) => boolean): Rows<Row, Key> {
    return this.toCollection().and(keeps);
  }

  orderBy(index: string): Rows<Row, Key> {
    return this.#rows(index, [undefined]);
  }

  where(index: string): Where<Row, Key> {
    const rows = (...ranges: IDBKeyRange[]): Rows<Row, Key> => this.#rows(index, ranges);
    return {
      equals: (key) => rows(IDBKeyRange.only(key)),
      anyOf: (keys) => rows(...[...new Set(keys)].map((key) => IDBKeyRange.only(key))),
      above: (key) => rows(IDBKeyRange.lowerBound(key, true)),
      between: (lower, upper, includesLower = true, includesUpper = false) =>
        rows(IDBKeyRange.bound(lower, upper, !includesLower, !includesUpper)),
    };
  }

  #rows(index: string | null, ranges: readonly (IDBKeyRange | undefined)[]): Rows<Row, Key> {
    const name = index === this.#primary ? null : index;
    return new Rows({ with: this.#with, index: name, ranges, keeps: null, most: Infinity });
  }

  async #each<T>(
    items: readonly T[],
    ask: (store: IDBObjectStore, item: T) => IDBRequest,
  ): Promise<void> {
    if (items.length === 0) return;
    await this.#with('readwrite', (store, running) =>
      running.allAnswered(items.map((item) => ask(store, item))),
    );
  }
}

export interface Where<Row, Key> {
  equals(key: IDBValidKey): Rows<Row, Key>;
  anyOf(keys: readonly IDBValidKey[]): Rows<Row, Key>;
  above(key: IDBValidKey): Rows<Row, Key>;
  between(
    lower: IDBValidKey,
    upper: IDBValidKey,
    includesLower?: boolean,
    includesUpper?: boolean,
  ): Rows<Row, Key>;
}

interface Selection<Row> {
  readonly with: WithStore;
  /** null: by the primary key. */
  readonly index: string | null;
  readonly ranges: readonly (IDBKeyRange | undefined)[];
  readonly keeps: ((row: Row) => boolean) | null;
  readonly most: number;
}

/** Rows of a table that something holds for; nothing is read before it is asked what they are. */
export class Rows<Row, Key> {
  readonly #selection: Selection<Row>;

  constructor(selection: Selection<Row>) {
    this.#selection = selection;
  }

  and(keeps: (row: Row) => boolean): Rows<Row, Key> {
    const before = this.#selection.keeps;
    const both = before ? (row: Row): boolean => before(row) && keeps(row) : keeps;
    return new Rows({ ...this.#selection, keeps: both });
  }

  limit(most: number): Rows<Row, Key> {
    return new Rows({ ...this.#selection, most });
  }

  async toArray(): Promise<Row[]> {
    const { keeps, most } = this.#selection;
    if (keeps === null) {
      const found = await this.#all((source, range) => source.getAll(range) as IDBRequest<Row[]>);
      return found.slice(0, most);
    }
    const found: Row[] = [];
    await this.#visit('readonly', (_, row) => {
      found.push(row);
      return found.length < most ? 'go on' : 'enough';
    });
    return found;
  }

  primaryKeys(): Promise<Key[]> {
    return this.#all((source, range) => source.getAllKeys(range) as unknown as IDBRequest<Key[]>);
  }

  async count(): Promise<number> {
    return (await this.toArray()).length;
  }

  /** Sets these fields in every row. */
  modify(changes: Partial<Row>): Promise<void> {
    return this.#visit('readwrite', (cursor, row) => {
      cursor.update({ ...row, ...changes });
      return 'go on';
    });
  }

  delete(): Promise<void> {
    return this.#visit('readwrite', (cursor) => {
      cursor.delete();
      return 'go on';
    });
  }

  #all<T>(
    ask: (source: IDBObjectStore | IDBIndex, range: IDBKeyRange | undefined) => IDBRequest<T[]>,
  ): Promise<T[]> {
    const { with: withStore, index, ranges } = this.#selection;
    if (ranges.length === 0) return Promise.resolve([]);
    return withStore('readonly', async (store, running) => {
      const source = index === null ? store : store.index(index);
      const found = await running.allAnswered(ranges.map((range) => ask(source, range)));
      return found.flat();
    });
  }

  async #visit(
    mode: IDBTransactionMode,
    visit: (cursor: IDBCursorWithValue, row: Row) => 'go on' | 'enough',
  ): Promise<void> {
    const { with: withStore, index, ranges, keeps } = this.#selection;
    if (ranges.length === 0) return;
    await withStore(mode, async (store, running) => {
      const source = index === null ? store : store.index(index);
      for (const range of ranges) {
        await running.visited(source.openCursor(range), (cursor) => {
          const row = cursor.value as Row;
          return keeps === null || keeps(row) ? visit(cursor, row) : 'go on';
        });
      }
    });
  }
}
