import { RunningTransaction, type Turns } from './running-transaction.ts';
import { Table, type WithStore } from './table.ts';

/** Numbers of versions in the browser are ten times ours: those of devices in use are. */
const VERSION_STEP = 10;

export interface IndexedDatabaseOptions {
  /** Strict: on the disk before it is said to be done (S1). */
  readonly durability: 'strict' | 'relaxed';
  /** Another storage bucket than the page's own. */
  readonly factory?: IDBFactory | undefined;
}

type VersionListener = (event: IDBVersionChangeEvent) => unknown;

/**
 * A database of the browser. It opens when it is first asked for something, opens again where the
 * browser closed it under the page, and stays closed once it was closed or wiped (ADR 0126).
 */
export abstract class IndexedDatabase {
  readonly name: string;
  readonly tables: Table<unknown, IDBValidKey>[] = [];
  readonly #options: IndexedDatabaseOptions;
  readonly #listeners: VersionListener[] = [];
  readonly #turns: Turns = { running: undefined };
  #version = 0;
  #isShut = false;
  #wasOpen = false;
  #connection: IDBDatabase | undefined;
  #opening: Promise<IDBDatabase> | undefined;

  constructor(name: string, options: IndexedDatabaseOptions) {
    this.name = name;
    this.#options = options;
  }

  static async exists(name: string, factory: IDBFactory = indexedDB): Promise<boolean> {
    return (await factory.databases()).some((one) => one.name === name);
  }

  /** The tables that come with a version, each with its primary key and its indexes. */
  protected version(version: number): { stores(tables: Readonly<Record<string, string>>): void } {
    this.#version = version * VERSION_STEP;
    return {
      stores: (tables) => {
        for (const [name, schema] of Object.entries(tables)) {
          const withStore: WithStore = (mode, work) => this.#withStore(name, mode, work);
          const table = new Table<unknown, IDBValidKey>(name, schema, withStore);
          this.tables.push(table);
          Object.assign(this, { [name]: table });
        }
      },
    };
  }

  /** Another tab deletes the database, or upgrades it. */
  on(_event: 'versionchange', listener: VersionListener): void {
    this.#listeners.push(listener);
  }

  isOpen(): boolean {
    return this.#connection !== undefined;
  }

  async open(): Promise<this> {
    await this.#open();
    return this;
  }

  /** Lets go of it. It stays closed, unless the next one who asks may open it again. */
  close({ disableAutoOpen = true } = {}): void {
    this.#isShut = disableAutoOpen;
    this.#connection?.close();
    this.#connection = undefined;
    this.#opening = undefined;
  }

  /** Deletes it with all that is in it; waits for other tabs to let go. */
  async delete(): Promise<void> {
    this.close();
    await settled(this.#factory.deleteDatabase(this.name));
  }

  /** The browser's own. Throws where it is not open. */
  backendDB(): IDBDatabase {
    if (!this.#connection) throw closed();
    return this.#connection;
  }

  /**
   * Reads or writes several tables in one transaction: all of it, or nothing. `work` may wait for
   * its own reading and writing alone; inside another transaction it becomes part of that.
   */
  async transaction<T>(
    mode: 'r' | 'rw',
    tables: readonly { readonly name: string }[],
    work: () => Promise<T>,
  ): Promise<T> {
    const names = tables.map(({ name }) => name);
    const access = mode === 'rw' ? 'readwrite' : 'readonly';
    const { running } = this.#turns;
    if (running) {
      if (!running.holds(names, access)) throw new DOMException(names.join(), 'NotFoundError');
      return work();
    }
    return (await this.#begin(names, access)).run(work);
  }

  get #factory(): IDBFactory {
    return this.#options.factory ?? indexedDB;
  }

  async #withStore<T>(
    name: string,
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore, running: RunningTransaction) => Promise<T>,
  ): Promise<T> {
    const { running } = this.#turns;
    if (running) {
      if (!running.holds([name], mode)) throw new DOMException(name, 'NotFoundError');
      return work(running.transaction.objectStore(name), running);
    }
    const own = await this.#begin([name], mode);
    return own.run(() => work(own.transaction.objectStore(name), own));
  }

  async #begin(names: readonly string[], mode: IDBTransactionMode): Promise<RunningTransaction> {
    const { durability } = this.#options;
    const begin = (connection: IDBDatabase): RunningTransaction =>
      new RunningTransaction(connection.transaction([...names], mode, { durability }), this.#turns);
    const connection = this.#connection ?? (await this.#open());
    try {
      return begin(connection);
    } catch (thrown) {
      // Closed under the page (a hidden one, on some systems), which nobody was told of.
      if ((thrown as { name?: unknown }).name !== 'InvalidStateError' || this.#isShut) throw thrown;
      this.#connection = undefined;
      return begin(await this.#open());
    }
  }

  #open(): Promise<IDBDatabase> {
    if (this.#connection) return Promise.resolve(this.#connection);
    this.#opening ??= this.#connect().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #connect(): Promise<IDBDatabase> {
    if (this.#isShut) throw closed();
    // What somebody deleted meanwhile must not come to be again by being asked for.
    if (this.#wasOpen && !(await IndexedDatabase.exists(this.name, this.#factory))) throw closed();
    const connection = await this.#opened();
    if (this.#isShut) {
      connection.close();
      throw closed();
    }
    connection.onversionchange = (event) => {
      for (const listener of this.#listeners) listener(event);
      // A newer application waits for this tab to let go; what was wiped stays so.
      this.close({ disableAutoOpen: this.#isShut || event.newVersion === null });
    };
    connection.onclose = () => {
      if (this.#connection === connection) this.#connection = undefined;
    };
    this.#wasOpen = true;
    this.#connection = connection;
    return connection;
  }

  async #opened(): Promise<IDBDatabase> {
    try {
      const request = this.#factory.open(this.name, this.#version);
      request.onupgradeneeded = () => {
        const { transaction } = request;
        if (transaction) for (const table of this.tables) table.create(request.result, transaction);
      };
      return await settled(request);
    } catch (thrown) {
      // A newer application was here: its tables are ours and more.
      if ((thrown as { name?: unknown }).name !== 'VersionError') throw thrown;
      return settled(this.#factory.open(this.name));
    }
  }
}

function closed(): DOMException {
  return new DOMException('the database is closed', 'DatabaseClosedError');
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as Error);
  });
}
