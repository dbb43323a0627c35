/** What follows an answer runs in microtasks: this many after it, a transaction's turn is over. */
const TURN = 100;

/** Whose turn it is in a database: what its tables are asked for now belongs to that transaction. */
export interface Turns {
  running: RunningTransaction | undefined;
}

/**
 * A transaction under way. IndexedDB keeps one open only as long as each answer is followed by the
 * next request at once; so what is asked for in the microtasks after an answer belongs to it, and
 * nothing else can be running then.
 */
export class RunningTransaction {
  readonly transaction: IDBTransaction;
  readonly #turns: Turns;
  /** Settles when the browser says that all is written (S1), or that nothing is. */
  readonly done: Promise<void>;
  #turn = 0;

  constructor(transaction: IDBTransaction, turns: Turns) {
    this.transaction = transaction;
    this.#turns = turns;
    this.done = new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () =>
        reject(transaction.error ?? new DOMException('aborted', 'AbortError'));
    });
    this.done.catch(() => undefined); // whoever waits for it hears of it
  }

  holds(names: readonly string[], mode: IDBTransactionMode): boolean {
    const isEnough = mode === 'readonly' || this.transaction.mode === 'readwrite';
    return isEnough && names.every((name) => this.transaction.objectStoreNames.contains(name));
  }

  /** Does the work in one transaction: all of it is written, or none. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    let isDone = false;
    let isEarly = false;
    const written = this.done.then(() => {
      isEarly = !isDone;
    });
    try {
      const result = await this.#begin(work);
      isDone = true;
      this.#end();
      await written;
      // What came after it would have been written apart: never let that pass for one transaction.
      if (isEarly) throw new DOMException('waited for something else', 'TransactionInactiveError');
      return result;
    } catch (thrown) {
      this.#end();
      if (isDone) throw thrown;
      isDone = true;
      this.#abort();
      await written.catch(() => undefined);
      throw thrown;
    }
  }

  /** The answer to a request; what follows it belongs to this transaction. */
  answered<T>(request: IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => {
        this.#take();
        resolve(request.result);
      };
      request.onerror = (event) => {
        // Whoever asked decides what becomes of it: what is not caught aborts.
        event.preventDefault();
        this.#take();
        reject(request.error);
      };
    });
  }

  /** The answers to several requests: they come in order, so with the last one all are there. */
  async allAnswered<T>(requests: readonly IDBRequest<T>[]): Promise<T[]> {
    const last = requests.at(-1);
    if (!last) return [];
    let failure: DOMException | null = null;
    for (const request of requests) {
      request.onerror = (event) => {
        event.preventDefault();
        failure ??= request.error;
      };
    }
    await this.answered(last).catch((thrown: unknown) => {
      failure ??= thrown as DOMException;
    });

    if (failure) throw failure;
    return requests.map(({ result }) => result);
  }

  /** Every row that a cursor comes by, until `visit` has enough. */
  visited(
    request: IDBRequest<IDBCursorWithValue | null>,
    visit: (cursor: IDBCursorWithValue) => 'go on' | 'enough',
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (thrown: unknown): void => {
        this.#take();
        reject(thrown as Error);
      };
      request.onsuccess = () => {
        const cursor = request.result;
        try {
          if (cursor && visit(cursor) === 'go on') return cursor.continue();
        } catch (thrown) {
          return fail(thrown);
        }
        this.#take();
        return resolve();
      };
      request.onerror = (event) => {
        event.preventDefault();
        fail(request.error);
      };
    });
  }

  /** Only what it asks for before its first answer: whoever began it goes on meanwhile. */
  #begin<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#turns.running;
    this.#turns.running = this;
    try {
      return work();
    } finally {
      this.#turns.running = before;
    }
  }

  #take(): void {
    this.#turns.running = this;
    const turn = ++this.#turn;
    let left = TURN;
    const pass = (): void => {
      if (turn !== this.#turn) return;
      if (--left > 0) queueMicrotask(pass);
      else this.#end();
    };
    queueMicrotask(pass);
  }

  #end(): void {
    this.#turn += 1;
    if (this.#turns.running === this) this.#turns.running = undefined;
  }

  #abort(): void {
    try {
      this.transaction.abort();
    } catch {
      // It is over already.
    }
  }
}
