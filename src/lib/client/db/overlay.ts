/** A map read through to another one below it, which stays as it is until the work is on disk. */
export class Overlay<V> extends Map<string, V> {
  readonly #below: ReadonlyMap<string, V>;

  constructor(below: ReadonlyMap<string, V>) {
    super();
    this.#below = below;
  }

  override get(key: string): V | undefined {
    return super.get(key) ?? this.#below.get(key);
  }

  override has(key: string): boolean {
    return super.has(key) || this.#below.has(key);
  }
}
