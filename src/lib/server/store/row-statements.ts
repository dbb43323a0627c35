import type { StoreSchema } from './schema.ts';

/** Statements for many rows, as both engines put them together. */

/** Tables that are written and looked up by many rows at once. */
export type ManyRows = Exclude<keyof StoreSchema, 'audit'>;
export type ColumnOf<T extends ManyRows> = keyof StoreSchema[T] & string;

/** What becomes of a row that is there already: it stays, or all but these columns are replaced. */
export type OnConflict<T extends ManyRows = ManyRows> = 'ignore' | readonly ColumnOf<T>[];

export interface Find {
  readonly table: ManyRows;
  readonly columns: readonly string[];
  readonly key: string;
}

export interface Insert {
  readonly table: ManyRows;
  readonly columns: readonly string[];
  readonly onConflict: OnConflict | undefined;
}

export type Values = Readonly<Record<string, unknown>>;

/** Tables whose keys name the device instead of the operation (`slots.ts`). */
export const KEYED_ALONE: ReadonlySet<ManyRows> = new Set<ManyRows>(['replicas', 'slots']);

const quoted = (name: string): string => `"${name}"`;
/** Names of columns for a statement. They come from our code alone. */
export const listed = (names: readonly string[]): string => names.map(quoted).join(', ');

/** The end of an insert statement. */
export function conflictClause({ columns, onConflict }: Insert): string {
  if (!onConflict) return '';
  if (onConflict === 'ignore') return ' on conflict do nothing';
  const set = columns
    .filter((column) => !(onConflict as readonly string[]).includes(column))
    .map((column) => `${quoted(column)} = excluded.${quoted(column)}`);
  return ` on conflict (${listed(onConflict)}) do update set ${set.join(', ')}`;
}

/** What one operation looks up. */
export interface FindIn {
  readonly operation: string;
  readonly values: readonly string[];
}
