import type { Store, Tx } from './store.ts';

const TRIES = 4;

/**
 * One transaction, done again where another process stored the same at the same time: PostgreSQL
 * takes one of two back, and asks to try again. `work` must begin anew each time.
 */
export async function writeThroughRaces<T>(
  store: Pick<Store, 'write'>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await store.write(work);
    } catch (error) {
      if (tries >= TRIES || !isRace(error)) throw error;
    }
  }
}

/** A unique key that is taken since it was looked up, a serialisation failure, a deadlock. */
function isRace(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === '23505' || code === '40001' || code === '40P01';
}
