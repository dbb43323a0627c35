/** So many parts that copying one is little work with 100,000 records, and so is a list of all. */
const PARTS = 512;
const NO_ENTRIES: ReadonlyMap<string, never> = new Map<string, never>();

/** The part that an id lies in: the same for every map, so that two versions can be compared. */
function partOf(id: string): number {
  let hash = 0;
  for (let i = 0; i < id.length; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) | 0;
  return hash & (PARTS - 1);
}

/**
 * A map by id that never changes: `withChanges` makes another version of it, which shares every
 * part that the changes do not touch. Its order of entries means nothing, and differs from that of
 * another map with the same entries.
 */
export class VersionedMap<V> implements ReadonlyMap<string, V> {
  readonly #parts: readonly ReadonlyMap<string, V>[];
  readonly size: number;

  private constructor(parts: readonly ReadonlyMap<string, V>[], size: number) {
    this.#parts = parts;
    this.size = size;
  }

  static readonly empty: VersionedMap<never> = new VersionedMap<never>(
    Array.from({ length: PARTS }, () => NO_ENTRIES),
    0,
  );

  /** Entries of a later version with the same id stand; `undefined` takes an entry out. */
  withChanges(changes: Iterable<readonly [string, V | undefined]>): VersionedMap<V> {
    const parts = [...this.#parts];
    const own = new Map<number, Map<string, V>>();
    let { size } = this;
    for (const [id, value] of changes) {
      const at = partOf(id);
      if (!own.has(at) && parts[at]!.get(id) === value) continue;
      let part = own.get(at);
      if (!part) {
        part = new Map(parts[at]);
        own.set(at, part);
        parts[at] = part;
      }
      size -= part.size;
      if (value === undefined) part.delete(id);
      else part.set(id, value);
      size += part.size;
    }
    return own.size === 0 ? this : new VersionedMap(parts, size);
  }

  get(id: string): V | undefined {
    return this.#parts[partOf(id)]!.get(id);
  }

  has(id: string): boolean {
    return this.#parts[partOf(id)]!.has(id);
  }

  forEach(visit: (value: V, id: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [id, value] of this) visit(value, id, this);
  }

  *entries(): Generator<[string, V], undefined, unknown> {
    for (const part of this.#parts) yield* part;
  }

  *keys(): Generator<string, undefined, unknown> {
    for (const part of this.#parts) yield* part.keys();
  }

  *values(): Generator<V, undefined, unknown> {
    for (const part of this.#parts) yield* part.values();
  }

  [Symbol.iterator](): Generator<[string, V], undefined, unknown> {
    return this.entries();
  }

  /** Ids whose entries are not the very same in both versions; whole parts that are, are skipped. */
  changedSince(before: VersionedMap<V>): string[] {
    const changed: string[] = [];
    this.#parts.forEach((part, at) => {
      const old = before.#parts[at]!;
      if (part !== old) changed.push(...differences(old, part));
    });
    return changed;
  }
}

function* differences<V>(
  before: ReadonlyMap<string, V>,
  after: ReadonlyMap<string, V>,
): Generator<string> {
  for (const [id, value] of after) if (before.get(id) !== value) yield id;
  for (const id of before.keys()) if (!after.has(id)) yield id;
}

/**
 * Ids whose entries are not the very same objects in two maps. Of two versions of one map only the
 * parts are looked into that differ; other maps are compared entry by entry.
 */
export function changedIds<V>(
  before: ReadonlyMap<string, V>,
  after: ReadonlyMap<string, V>,
): readonly string[] {
  if (before === after) return [];
  return before instanceof VersionedMap && after instanceof VersionedMap
    ? after.changedSince(before)
    : [...differences(before, after)];
}
