import type { Dataset } from '../records/dataset.ts';

/** Ids of localities by the name of each; where two have the same, by id. */
export function idsByName(
  ids: Iterable<string>,
  { locality: localities }: Pick<Dataset, 'locality'>,
): readonly string[] {
  const named = [...ids].map((id) => ({ id, name: localities.get(id)?.name ?? id }));
  named.sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
  return named.map(({ id }) => id);
}
