import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Table } from './csv/table.ts';
import { COLUMNS, type FileKind, FILE_KINDS } from './columns.ts';
import type { FileError } from './problems.ts';

export interface RecognisedTable {
  readonly kind: FileKind;
  /** Where the values of a field stand, by the field's name in `columns.ts`. */
  readonly places: ReadonlyMap<string, number>;
  /** The heading of each field, as the file writes it: errors and warnings name it. */
  readonly headings: ReadonlyMap<string, string>;
  /** Headings that say nothing to us. */
  readonly extra: readonly string[];
}

const plain = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

interface Tag {
  readonly tag: string;
  readonly attributes: ReadonlySet<string>;
}

function parseTag(text: string): Tag {
  const [tag = '', ...attributes] = text.toLowerCase().replace(/\s+/g, '').split('+');
  return { tag, attributes: new Set(attributes) };
}

function tagFits(wanted: string, given: Tag): number {
  const { tag, attributes } = parseTag(wanted);
  if (tag !== given.tag) return 0;
  for (const attribute of attributes) if (!given.attributes.has(attribute)) return 0;
  return 1 + attributes.size;
}

/** The field whose tag fits with most of its attributes; of several columns the first keeps it. */
function fieldsByTag(kind: FileKind, tags: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  tags.forEach((text, at) => {
    if (text === '') return;
    const given = parseTag(text);
    let best: string | undefined;
    let most = 0;
    for (const [field, { hxl }] of Object.entries(COLUMNS[kind].fields)) {
      const fit = hxl ? tagFits(hxl, given) : 0;
      if (fit > most) [best, most] = [field, fit];
    }
    if (best !== undefined && !places.has(best)) places.set(best, at);
  });
  return places;
}

function fieldsByHeading(kind: FileKind, headings: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  headings.forEach((heading, at) => {
    const field = plain(heading);
    if (Object.hasOwn(COLUMNS[kind].fields, field) && !places.has(field)) places.set(field, at);
  });
  return places;
}

const isComplete = (kind: FileKind, places: ReadonlyMap<string, number>): boolean =>
  COLUMNS[kind].required.every((field) => places.has(field));

const tellingApart = (kind: FileKind, places: ReadonlyMap<string, number>): number =>
  COLUMNS[kind].signs.filter((field) => places.has(field)).length;

function duplicateHeading(table: Table): string | undefined {
  const seen = new Set<string>();
  return table.header.find((heading) => {
    const key = plain(heading);
    if (key === '') return false;
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}

/**
 * What kind of file a table is, by its HXL row where it has one, otherwise by its headings; `kind`
 * says it outright. A file that fits no kind, or lacks a column it cannot do without, is an error.
 */
export function recognise(
  table: Table,
  options: { readonly kind?: FileKind; readonly map?: ReadonlyMap<string, string> } = {},
): Result<RecognisedTable, FileError> {
  const { file, hxl } = table;
  const repeated = duplicateHeading(table);
  if (repeated !== undefined && !hxl) {
    return err({ type: 'duplicate_column', file, column: repeated });
  }
  const mapped = new Map([...(options.map ?? [])].map(([from, to]) => [plain(from), to]));
  const header = table.header.map((heading) => mapped.get(plain(heading)) ?? heading);
  const kinds = options.kind ? [options.kind] : FILE_KINDS;
  const candidates = kinds.map((kind) => {
    const places = hxl ? fieldsByTag(kind, hxl) : fieldsByHeading(kind, header);
    return { kind, places, signs: tellingApart(kind, places), whole: isComplete(kind, places) };
  });
  const likely = candidates
    .filter(({ signs, places }) => signs > 0 || (options.kind && places.size > 0))
    .sort((a, b) => Number(b.whole) - Number(a.whole) || b.signs - a.signs);
  const best = likely[0];
  if (!best) {
    return err({ type: 'unrecognised_columns', file, detail: table.header.join(', ') });
  }
  const { kind, places } = best;
  const missing = COLUMNS[kind].required.find((field) => !places.has(field));
  if (missing !== undefined) return err({ type: 'missing_column', file, column: missing });
  const headings = new Map(
    [...places].map(([field, at]) => [field, table.header[at] || (hxl?.[at] ?? field)]),
  );
  const used = new Set(places.values());
  const extra = table.header.filter((heading, at) => heading !== '' && !used.has(at));
  return ok({ kind, places, headings, extra });
}
