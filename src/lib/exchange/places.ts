import { buildNameIndex, localityNames, searchNames } from '#lib/domain/names/name-index.ts';
import { nameKey, nameKeys } from '#lib/domain/names/name-key.ts';
import type { Dataset, Locality } from '#lib/domain/records/dataset.ts';
import type { Collection } from './collection.ts';

/** A locality as a row gives it. */
export interface PlaceRow {
  readonly name: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly aliases?: readonly string[];
  readonly pcode?: string;
  readonly adm3?: string;
}

export type PlaceMatch =
  | { readonly kind: 'certain'; readonly id: string }
  | { readonly kind: 'ambiguous' | 'unknown'; readonly near: readonly string[] };

/** How many near matches a warning names. */
const NEAR = 3;
/** Below this a likeness is no help (name-index.ts). */
const LEAST_SCORE = 0.6;

/** Names to localities: of the operation, of the files, and of names that only reports give. */
export interface Places {
  find(name: string): PlaceMatch;
  /** The locality of a row: known by its main name, else by the others, or new. Returns its id. */
  define(row: PlaceRow): string;
  /** The id of a locality, verified or not, that nobody described. */
  add(name: string): string;
}

/** Names that places had and have no more, by the id of the place. */
export type FormerNames = ReadonlyMap<string, readonly string[]>;

export function knownPlaces(
  collection: Collection,
  existing?: Dataset,
  formerNames: FormerNames = new Map(),
): Places {
  const idsByKey = new Map<string, Set<string>>();
  const idsByFormerKey = new Map<string, Set<string>>();
  const named = new Map<string, string[]>();
  /** The near matches are looked for among the places that are known before reports add theirs. */
  let index: ReturnType<typeof buildNameIndex> | undefined;

  function learn(id: string, names: readonly string[]): void {
    const known = named.get(id) ?? [];
    for (const name of names) {
      if (!known.includes(name)) known.push(name);
      for (const key of nameKeys(name)) {
        const ids = idsByKey.get(key);
        if (ids) ids.add(id);
        else idsByKey.set(key, new Set([id]));
      }
    }
    named.set(id, known);
  }

  /** A file goes on to call a place what it was called before; unless another is called so now. */
  function idsOf(name: string): readonly string[] {
    const keys = nameKeys(name);
    const ids = new Set(keys.flatMap((key) => [...(idsByKey.get(key) ?? [])]));
    if (ids.size > 0) return [...ids];
    const former = new Set(keys.flatMap((key) => [...(idsByFormerKey.get(key) ?? [])]));
    return former.size === 1 ? [...former] : [];
  }

  function near(name: string): readonly string[] {
    index ??= buildNameIndex([...named].map(([id, names]) => ({ id, names })));
    return searchNames(index, name, NEAR)
      .filter(({ score }) => score >= LEAST_SCORE)
      .map(({ entry }) => entry.names[0] ?? '');
  }

  for (const locality of existing?.locality.values() ?? []) {
    const { id, names } = localityNames(locality);
    learn(id, names);
    for (const key of (formerNames.get(id) ?? []).flatMap(nameKeys)) {
      idsByFormerKey.set(key, (idsByFormerKey.get(key) ?? new Set()).add(id));
    }
  }

  return {
    find(name) {
      const ids = idsOf(name);
      if (ids.length === 1) return { kind: 'certain', id: ids[0] ?? '' };
      if (ids.length === 0) return { kind: 'unknown', near: near(name) };
      return { kind: 'ambiguous', near: ids.map((id) => named.get(id)?.[0] ?? id) };
    },

    define(row) {
      const { name, names = {}, aliases = [], pcode, adm3 } = row;
      const isOther = (id: string): boolean => {
        const known = collection.valuesOf('locality', id) as Partial<Locality> | undefined;
        const differs = (a?: string, b?: string): boolean => !!a && !!b && a !== b;
        return differs(known?.pcode, pcode) || differs(known?.adm3, adm3);
      };
      const byName = idsOf(name).filter((known) => !isOther(known));
      const otherNames = [...Object.values(names), ...aliases];
      const byOtherName =
        byName.length > 0 ? [] : otherNames.flatMap(idsOf).filter((known) => !isOther(known));
      const id =
        byName[0] ??
        (new Set(byOtherName).size === 1 ? byOtherName[0] : undefined) ??
        collection.newId('locality', [nameKey(name), pcode ?? adm3 ?? ''].join('|'));
      const known = collection.valuesOf('locality', id) as Partial<Locality> | undefined;
      const mainName = known?.name ?? name;
      const others = [...(known?.aliases ?? []), ...aliases, ...(mainName === name ? [] : [name])];
      collection.putAt('locality', id, {
        name: mainName,
        names: Object.keys(names).length > 0 ? { ...known?.names, ...names } : undefined,
        aliases: others.length > 0 ? [...new Set(others)] : undefined,
      });
      learn(id, [mainName, ...Object.values(names), ...others]);
      return id;
    },

    add(name) {
      const id = collection.newId('locality', nameKey(name));
      if (!collection.valuesOf('locality', id)) {
        collection.putAt('locality', id, { name, verified: false });
      }
      learn(id, [name]);
      return id;
    },
  };
}
