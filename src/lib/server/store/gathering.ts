import { setImmediate as endOfTurn } from 'node:timers/promises';

/** Asks once for what several pieces of work want to know: an answer for each item, in their order. */
export type Ask<I, O> = (items: readonly I[]) => Promise<readonly O[]>;

/** Hands in one item. Items with the same key are asked for together, by the first one's `ask`. */
export type Gather = <I, O>(key: string, ask: Ask<I, O>, item: I) => Promise<O>;

interface Waiting {
  readonly key: string;
  readonly ask: Ask<unknown, unknown>;
  readonly item: unknown;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs pieces of work side by side, in step: when each of them waits for an answer, or is done, what
 * they wait for is asked, together where it is the same question. No timers, and the same order
 * each time. All have ended when this does; if some fail, what failed first is thrown.
 */
export async function inStep<P, T>(
  parts: readonly P[],
  work: (part: P, gather: Gather) => Promise<T>,
): Promise<T[]> {
  let running = parts.length;
  let waiting: Waiting[] = [];

  async function answer(): Promise<void> {
    const asked = waiting;
    waiting = [];
    for (const same of Map.groupBy(asked, (one) => one.key).values()) {
      try {
        const answers = await same[0]?.ask(same.map((one) => one.item));
        same.forEach((one, index) => one.resolve(answers?.[index] as never));
      } catch (error) {
        for (const one of same) one.reject(error);
      }
    }
  }

  function goOn(): void {
    if (waiting.length > 0 && waiting.length >= running) void answer();
  }

  const gather: Gather = (key, ask, item) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, ask: ask as Ask<unknown, unknown>, item, resolve, reject });
      goOn();
    });

  // What fails first is why the others fail after it, in a transaction above all.
  let failure: { readonly error: unknown } | null = null;
  const results = await Promise.all(
    parts.map(async (part) => {
      try {
        return await work(part, gather);
      } catch (error) {
        failure ??= { error };
        return undefined as never;
      } finally {
        running -= 1;
        goOn();
      }
    }),
  );
  if (failure) throw (failure as { readonly error: unknown }).error;
  return results;
}

/**
 * Answers items that come one by one: what has come by the end of this turn of the event loop is
 * asked for together, and what comes while that is under way together afterwards. Nobody is answered
 * with what was read before he asked.
 */
export function asked<I, O>(ask: Ask<I, O>): (item: I) => Promise<O> {
  let waiting: Omit<Waiting, 'key' | 'ask'>[] = [];
  let isBusy = false;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      await endOfTurn();
      const these = waiting;
      waiting = [];
      try {
        const answers = await ask(these.map((one) => one.item as I));
        these.forEach((one, index) => one.resolve(answers[index] as never));
      } catch (error) {
        for (const one of these) one.reject(error);
      }
    }
    isBusy = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (isBusy) return;
      isBusy = true;
      void run();
    });
}
