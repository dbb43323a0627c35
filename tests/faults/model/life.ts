import { IDBKeyRange, type IDBFactory } from 'fake-indexeddb';
import { Dexie } from 'dexie';

Object.assign(globalThis, { IDBKeyRange });
Dexie.dependencies.IDBKeyRange = IDBKeyRange;

export type Disk = InstanceType<typeof IDBFactory>;

/**
 * One page of an application, from its opening until it is closed or killed. It sees the disk of its
 * phone through this, so that it can be killed between any two things it does: what it was writing
 * is rolled back, as the browser does, and nothing that it still tries reaches the disk or the net.
 */
export class Life {
  isOver = false;
  /** The disk takes nothing more. */
  isFull = false;
  /** Writes that the browser may forget after it said that they are done (S1). */
  relaxedWrites = 0;
  readonly #over = Promise.withResolvers<void>();
  #stepsLeft = Infinity;
  readonly #connections = new Set<IDBDatabase>();
  readonly #transactions = new Set<IDBTransaction>();

  /** Dies before it does so many more things; a thing is a transaction, a sealing or a request. */
  killAfter(steps: number): void {
    this.#stepsLeft = steps;
  }

  spare(): void {
    this.#stepsLeft = Infinity;
  }

  /** To be called before everything that leaves the memory of the page. */
  step(): void {
    if (!this.isOver && --this.#stepsLeft < 0) this.end();
    if (this.isOver) throw new DOMException('the page was killed', 'AbortError');
  }

  end(): void {
    this.isOver = true;
    for (const transaction of this.#transactions) {
      try {
        transaction.abort();
      } catch {
        // It was done already.
      }
    }
    for (const connection of this.#connections) connection.close();
    this.#over.resolve();
  }

  /** What this page does, until it dies: the browser lets go of its locks then. */
  async until<T>(work: Promise<T>): Promise<T> {
    const death = this.#over.promise.then((): never => {
      throw new DOMException('the page was killed', 'AbortError');
    });
    return Promise.race([work, death]);
  }

  /** The disk as this page sees it. */
  view(disk: Disk): IDBFactory {
    return {
      cmp: (a: unknown, b: unknown) => disk.cmp(a, b),
      databases: () => disk.databases(),
      deleteDatabase: (name: string) => disk.deleteDatabase(name),
      open: (name: string, version?: number) => {
        this.step();
        const request = disk.open(name, version);
        request.addEventListener('success', () => this.#watch(request.result));
        return request;
      },
    };
  }

  #watch(connection: IDBDatabase): void {
    this.#connections.add(connection);
    const begin = connection.transaction.bind(connection);
    connection.transaction = (stores, mode, options) => {
      this.step();
      if (mode === 'readwrite' && options?.durability !== 'strict') this.relaxedWrites += 1;
      const transaction = begin(stores, mode, options);
      this.#transactions.add(transaction);
      const forget = (): void => void this.#transactions.delete(transaction);
      transaction.addEventListener('complete', forget);
      transaction.addEventListener('abort', forget);
      if (this.isFull && mode === 'readwrite') takesNothing(transaction);
      return transaction;
    };
  }
}

function takesNothing(transaction: IDBTransaction): void {
  const objectStore = transaction.objectStore.bind(transaction);
  const refuse = (): never => {
    throw new DOMException('the disk is full', 'QuotaExceededError');
  };
  transaction.objectStore = (name) =>
    Object.assign(objectStore(name), { put: refuse, add: refuse });
}
