import type { Group, Json } from '#lib/changes/change.ts';
import { foldGroups } from '#lib/changes/fold-changes.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { datasetOf, readAllGroups } from './dataset.ts';
import type { Queries } from './store/store.ts';

/** What a file is read over, to find again what it tells of. */
export interface ImportBasis {
  readonly existing: Dataset;
  /** Every name that a place ever had: files go on to use it. */
  readonly formerNames: ReadonlyMap<string, readonly string[]>;
}

export async function importBasis(db: Queries, operation: string): Promise<ImportBasis> {
  const groups = await readAllGroups(db, operation);
  return { existing: datasetOf(foldGroups(groups).records), formerNames: namesIn(groups) };
}

function namesIn(groups: readonly Group[]): Map<string, readonly string[]> {
  const names = new Map<string, Set<string>>();
  for (const { changes } of groups) {
    for (const { kind, record, fields } of changes) {
      if (kind !== 'locality') continue;
      const known = names.get(record) ?? new Set();
      names.set(record, known);
      for (const field of ['name', 'names', 'aliases']) {
        for (const name of textsIn(fields[field]?.value ?? null)) known.add(name);
      }
    }
  }
  return new Map([...names].map(([id, all]) => [id, [...all]]));
}

/** The texts of a name, a list of names, or names by language. */
function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((one: Json) => (typeof one === 'string' ? [one] : []));
}
