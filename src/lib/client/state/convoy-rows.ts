import { type AccessRecords, NO_RECORDS } from '#lib/domain/access/access-records.ts';
import type { DerivedConvoy } from '#lib/domain/access/from-reports.ts';
import type { Dataset, Locality } from '#lib/domain/records/dataset.ts';
import { changedIds } from '#lib/domain/versioned-map.ts';
import type { ConvoyRow } from './views.ts';

/** Whether a record is only on this device so far; asked when a row is drawn. */
type IsOnlyHere = (record: string) => boolean;

/** Records of localities by id; those that are not there are left out. */
export function localitiesOf(dataset: Dataset, ids: readonly string[]): Locality[] {
  return ids.flatMap((id) => dataset.locality.get(id) ?? []);
}

/** A convoy as a line of a list. */
export function convoyRow(
  dataset: Dataset,
  convoy: DerivedConvoy,
  isOnlyHere: IsOnlyHere,
): ConvoyRow {
  const ids = new Set(convoy.stops.flatMap((stop) => stop.localities));
  return {
    id: convoy.id,
    date: convoy.date,
    status: convoy.status,
    isDisputed: convoy.disputed,
    localities: localitiesOf(dataset, [...ids]),
    reports: convoy.reports.length + convoy.totals.length,
    get isUnsent() {
      return [convoy.id, ...convoy.reports].some(isOnlyHere);
    },
  };
}

/**
 * The list of convoys, the newest first, those without a date before them. After a change only the
 * convoys that it touches are placed anew.
 */
export class ConvoyRows {
  readonly #isOnlyHere: IsOnlyHere;
  #access: AccessRecords = NO_RECORDS;
  #rows: readonly ConvoyRow[] = [];

  constructor(isOnlyHere: IsOnlyHere) {
    this.#isOnlyHere = isOnlyHere;
  }

  of(access: AccessRecords): readonly ConvoyRow[] {
    const before = this.#access;
    this.#access = access;
    // Rows hold the names of their places.
    const isAll = before.dataset.locality !== access.dataset.locality;
    const changed = isAll ? [...access.convoys.keys()] : changedIds(before.convoys, access.convoys);
    if (changed.length === 0 && this.#rows.length === access.convoys.size) return this.#rows;
    const anew = changed.flatMap((id) => {
      const convoy = access.convoys.get(id);
      return convoy ? [convoyRow(access.dataset, convoy, this.#isOnlyHere)] : [];
    });
    anew.sort(newestFirst);
    const gone = new Set(changed);
    const kept = isAll ? [] : this.#rows.filter(({ id }) => !gone.has(id));
    this.#rows = merged(kept, anew);
    return this.#rows;
  }
}

/** Two lists in order as one. */
function merged(a: readonly ConvoyRow[], b: readonly ConvoyRow[]): readonly ConvoyRow[] {
  if (a.length === 0) return b;
  const both: ConvoyRow[] = [];
  let next = 0;
  for (const row of a) {
    while (next < b.length && newestFirst(b[next]!, row) < 0) both.push(b[next++]!);
    both.push(row);
  }
  return [...both, ...b.slice(next)];
}

function newestFirst(a: ConvoyRow, b: ConvoyRow): number {
  const byDate = (b.date?.latest ?? Infinity) - (a.date?.latest ?? Infinity);
  return Number.isNaN(byDate) || byDate === 0 ? (a.id < b.id ? -1 : 1) : byDate;
}
