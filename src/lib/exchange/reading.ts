import { nameKey } from '#lib/domain/names/name-key.ts';
import { SECTORS } from '#lib/domain/records/vocabularies.ts';
import { err, ok } from '#lib/domain/result.ts';
import type { Collection } from './collection.ts';
import type { FieldValue } from './imported-record.ts';
import type { Figure } from '#lib/domain/figures/figure.ts';
import { naturalKey } from './natural-keys.ts';
import type { Places } from './places.ts';
import type { ReadWarning } from './problems.ts';
import type { RowReader } from './row-reader.ts';
import { type CellResult, readLine, readList, readText } from './values/cells.ts';
import { type DateOrder, readDate } from './values/dates.ts';

/** What every format reads into: the records so far, the places, and what a person should know. */
export interface Reading {
  readonly collection: Collection;
  readonly places: Places;
  readonly dateOrder?: DateOrder;
  warn(warning: ReadWarning): void;
  /**
   * Whether a row says again what an earlier row said: then it is passed over, with a warning, or,
   * where the two differ, with an error, because a record has one value.
   */
  isRepeated(row: RowReader, key: string, values: unknown): boolean;
}

/** Reads one row of its kind: all of it into the collection, or, where a cell is wrong, nothing. */
export type RowFormat = (row: RowReader, reading: Reading) => void;

/** A date of a file as its canonical EDTF. */
export const dateReader =
  ({ dateOrder }: Reading) =>
  (text: string): CellResult<string> => {
    const read = readDate(text, dateOrder);
    return read.ok ? ok(read.value.edtf) : err(read.error);
  };

/** Names of places; one without any letter or digit names nothing. */
export function readNames(text: string): CellResult<readonly string[]> {
  const names = readList(text, /[;|]/);
  return names.ok && names.value.some((name) => nameKey(name) === '') ? err('not_a_name') : names;
}

export function figureValue(figure: Figure | undefined): FieldValue | undefined {
  if (!figure) return undefined;
  const { q, n, m, unit } = figure;
  return { q, n, ...(m === undefined ? {} : { m }), ...(unit === undefined ? {} : { unit }) };
}

/**
 * Ids of the localities that a cell names. A name that is not certainly known becomes a place of its
 * own, with a warning; a total makes no places (`isTotal`): what it names and we do not know is left
 * out, with a warning too.
 */
export function localitiesOf(
  names: readonly string[],
  row: RowReader,
  reading: Reading,
  isTotal = false,
): readonly string[] {
  const ids = names.flatMap((name) => {
    const match = reading.places.find(name);
    if (match.kind === 'certain') return [match.id];
    const about = { file: row.file, row: row.row, column: row.heading('localities'), value: name };
    if (isTotal) {
      reading.warn({ type: 'place_of_total', ...about });
      return [];
    }
    const type = match.kind === 'ambiguous' ? 'ambiguous_place' : 'unknown_place';
    reading.warn({ type, ...about, near: match.near });
    return [reading.places.add(name)];
  });
  return [...new Set(ids)];
}

/** Ids of organisations by acronym or name; an unknown one becomes an organisation of its own. */
export function organisationsOf(
  names: readonly string[],
  field: string,
  row: RowReader,
  reading: Reading,
): readonly string[] {
  const { collection } = reading;
  const ids = names.map((name) => {
    const known =
      collection.idByKey('organisation', name.toLowerCase()) ??
      collection.idByKey('organisation', `name ${nameKey(name)}`);
    if (known !== undefined) return known;
    const id = collection.newId('organisation', naturalKey('organisation', { name }) ?? '');
    // A file brought it under this name, and somebody has renamed it since.
    if (collection.valuesOf('organisation', id)) return id;
    const { file, row: number } = row;
    reading.warn({
      type: 'unknown_organisation',
      file,
      row: number,
      column: row.heading(field),
      value: name,
    });
    return collection.put('organisation', { name });
  });
  return [...new Set(ids)];
}

interface SectorPart {
  readonly code: string;
  readonly place?: string;
}

/** `CODE` or `CODE@place`, between semicolons. */
export function readSectors(text: string): CellResult<readonly SectorPart[]> {
  const list = readList(text, /[;|]/);
  if (!list.ok) return list;
  const parts: SectorPart[] = [];
  for (const token of list.value) {
    const [code = '', place, ...more] = token.split('@').map((part) => part.trim());
    const isWrong =
      code === '' || more.length > 0 || (place !== undefined && nameKey(place) === '');
    if (isWrong) return err('not_a_sector');
    parts.push({ code: code.toUpperCase(), ...(place === undefined ? {} : { place }) });
  }
  return ok(parts);
}

/** Sectors as records hold them: the code, with the id of the place where one is given. */
export function sectorsOf(
  parts: readonly SectorPart[],
  row: RowReader,
  reading: Reading,
): readonly string[] {
  const known: readonly string[] = SECTORS;
  const codes = parts.flatMap(({ code, place }) => {
    if (!known.includes(code)) {
      const column = row.heading('sectors');
      reading.warn({ type: 'unknown_sector', file: row.file, row: row.row, column, value: code });
    }
    if (place === undefined) return [code];
    return localitiesOf([place], row, reading).map((id) => `${code}@${id}`);
  });
  return [...new Set(codes)];
}

export interface SourceCells {
  readonly title: string | undefined;
  readonly url: string | undefined;
  readonly publisher: string | undefined;
}

/** The columns of a source; `isNeeded`: a row that names none cannot be known again. */
export function readSource(row: RowReader, isNeeded: boolean): SourceCells {
  const title = row.read('source_title', readText);
  const url = row.read('source_url', readText);
  const publisher = row.read('source_publisher', readLine);
  const isNamed = row.text('source_title') !== '' || row.text('source_url') !== '';
  if (isNeeded && !isNamed) row.fail('source_title', 'required');
  return { title, url, publisher };
}

/** The id of a published source, known by its address, else by its title; the first title stands. */
export function sourceOf(cells: SourceCells, { collection }: Reading): string | undefined {
  const { title, url, publisher } = cells;
  if (title === undefined && url === undefined) return undefined;
  const known =
    (url === undefined ? undefined : collection.idByKey('source', url)) ??
    (title === undefined ? undefined : titled(collection, title, url));
  const before = known === undefined ? undefined : collection.valuesOf('source', known);
  const values = {
    kind: 'published',
    title: typeof before?.title === 'string' ? undefined : title,
    url: typeof before?.url === 'string' ? undefined : url,
    publisher: typeof before?.publisher === 'string' ? undefined : publisher,
  };
  const id = known ?? collection.put('source', values);
  if (known !== undefined) collection.putAt('source', id, values);
  if (url !== undefined) collection.learnKey('source', url, id);
  if (title !== undefined) collection.learnKey('source', `title ${title}`, id);
  return id;
}

/** A source of this title, unless it and the wanted one have addresses, and these differ. */
function titled(collection: Collection, title: string, url: string | undefined) {
  const id = collection.idByKey('source', title) ?? collection.idByKey('source', `title ${title}`);
  if (id === undefined || url === undefined) return id;
  return typeof collection.valuesOf('source', id)?.url === 'string' ? undefined : id;
}
