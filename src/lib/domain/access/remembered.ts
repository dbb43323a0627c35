/**
 * What was computed last for each key. It is given again while its inputs are the very same objects
 * (or equal numbers and texts), and computed anew when one is not: inputs must be values that never
 * change, and all that the computing reads.
 */
export class Remembered<V> {
  readonly #known = new Map<
    string | number,
    { readonly inputs: readonly unknown[]; readonly value: V }
  >();

  get(key: string | number, inputs: readonly unknown[], compute: () => V): V {
    const known = this.#known.get(key);
    if (known && isSameList(known.inputs, inputs)) return known.value;
    const value = compute();
    this.#known.set(key, { inputs, value });
    return value;
  }
}

/** Whether two lists hold the very same values in the same order. */
export function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

/** Lists that are the very same object as long as they hold the very same values. */
export class SameLists<T> {
  readonly #known = new Map<string | number, readonly T[]>();

  of(key: string | number, list: readonly T[]): readonly T[] {
    const known = this.#known.get(key);
    if (known && isSameList(known, list)) return known;
    this.#known.set(key, list);
    return list;
  }
}
