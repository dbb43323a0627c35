/** Parts that are fetched and prepared at once: the network, the page and WebCrypto wait for each other less. */
export const UNDER_WAY = 2;
/** Parts that are here, or on their way, before somebody takes them: the memory that they need. */
const AHEAD = 4;

interface Coming<T> {
  readonly fetched: Promise<T>;
  isHere: boolean;
}

/**
 * Parts in their order, fetched ahead of whoever takes them: while some are written others are
 * prepared, and others on their way.
 */
export class PartsAhead<T> {
  readonly #fetch: (part: number) => Promise<T>;
  readonly #end: number;
  readonly #coming: Coming<T>[] = [];
  #next: number;

  /** From this part on, up to but without `end`. */
  constructor(from: number, end: number, fetch: (part: number) => Promise<T>) {
    this.#fetch = fetch;
    this.#next = from;
    this.#end = end;
    this.#ask();
  }

  /** All that are here, and at least the next one; none once all were taken. */
  async take(): Promise<readonly T[]> {
    const taken: T[] = [];
    while (taken.length === 0 || this.#coming[0]?.isHere) {
      const next = this.#coming.shift();
      if (!next) break;
      taken.push(await next.fetched);
      if (taken.length === AHEAD) break;
    }
    this.#ask();
    return taken;
  }

  /** No further part is asked for. */
  stop(): void {
    this.#next = this.#end;
  }

  #ask(): void {
    const isRoom = (): boolean =>
      this.#coming.length < AHEAD &&
      this.#coming.filter(({ isHere }) => !isHere).length < UNDER_WAY;
    while (this.#next < this.#end && isRoom()) {
      const one: Coming<T> = { fetched: this.#fetch(this.#next++), isHere: false };
      const here = (): void => {
        one.isHere = true;
        this.#ask();
      };
      one.fetched.then(here, here);
      this.#coming.push(one);
    }
  }
}
