import { changedIds } from '../versioned-map.ts';

interface Identified {
  readonly id: string;
}

export const byId = (a: Identified, b: Identified): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

/**
 * The groups that records lie in, where a record that changed between two versions lies or lay: each
 * anew, by id, and empty where none is left. A record may lie in several.
 */
export function regrouped<K, T extends Identified>(
  groups: ReadonlyMap<K, readonly T[]>,
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  keysOf: (record: T) => Iterable<K>,
): ReadonlyMap<K, readonly T[]> {
  const changed = new Set(changedIds(before, after));
  const anew = new Map<K, T[]>();
  const groupOf = (key: K): T[] => {
    let group = anew.get(key);
    if (!group) {
      group = (groups.get(key) ?? []).filter(({ id }) => !changed.has(id));
      anew.set(key, group);
    }
    return group;
  };
  for (const id of changed) {
    const old = before.get(id);
    if (old) for (const key of new Set(keysOf(old))) groupOf(key);
    const now = after.get(id);
    if (now) for (const key of new Set(keysOf(now))) groupOf(key).push(now);
  }
  for (const group of anew.values()) group.sort(byId);
  return anew;
}

/** A copy of a map in the order of its keys, with other values; `undefined` takes an entry out. */
export function withEntries<K extends string | number, V>(
  map: ReadonlyMap<K, V>,
  entries: ReadonlyMap<K, V | undefined>,
): ReadonlyMap<K, V> {
  if (entries.size === 0) return map;
  const copy = new Map(map);
  let isSorted = true;
  for (const [key, value] of entries) {
    if (value === undefined) copy.delete(key);
    else {
      isSorted &&= copy.has(key);
      copy.set(key, value);
    }
  }
  return isSorted ? copy : new Map([...copy].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Lists as entries for `withEntries` and `withChanges`, where an empty list is no entry. */
export function withoutEmpty<K, T>(
  lists: ReadonlyMap<K, readonly T[]>,
): Map<K, readonly T[] | undefined> {
  return new Map([...lists].map(([key, list]) => [key, list.length === 0 ? undefined : list]));
}
