import type { RecordEdit } from '#lib/client/state/records-api.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import { parseFigure, type PeopleUnit } from '#lib/domain/figures/figure.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { MessageKey } from '#lib/i18n/messages.ts';
import type { NamedChoice } from '../convoy/convoy-draft.ts';
import { newLocality } from '../convoy/draft-edits.ts';

/** form: what is typed into a record's fields, kept as typed, and read when it is saved. */

/** A field of a record as a form asks for it. Its label is the field's own word where none is given. */
export interface EntryField {
  readonly key: string;
  readonly kind:
    | 'place'
    | 'places'
    | 'date'
    | 'month'
    | 'choice'
    | 'figure'
    | 'people'
    | 'line'
    | 'text'
    /** One name in each language. */
    | 'names';
  readonly label?: MessageKey;
  readonly note?: MessageKey;
  /** Of a choice: the values and their words. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** Of a line: what was written before. */
  readonly offers?: readonly string[];
  /** Without it there is no record: everything else may stay empty. */
  readonly isRequired?: boolean;
}

/** A half-typed record: ids are given when it begins, so that saving twice makes no second one. */
export interface EntryDraft {
  readonly id: string;
  readonly source: string;
  texts: Record<string, string>;
  places: Record<string, NamedChoice[]>;
}

export interface EntryProblem {
  readonly key: string;
  readonly type: 'missing' | 'not_a_number' | 'ambiguous' | 'not_a_date';
}

type Values = Record<string, RecordEdit['values'][string]>;

export function newEntry(
  newId: () => string,
  texts: Readonly<Record<string, string>> = {},
  places: Readonly<Record<string, readonly NamedChoice[]>> = {},
): EntryDraft {
  return {
    id: newId(),
    source: newId(),
    texts: { ...texts },
    places: Object.fromEntries(Object.entries(places).map(([key, all]) => [key, [...all]])),
  };
}

/** Whether anything was typed that was not there when the form was opened. */
export function isUntouched(draft: EntryDraft, opened: EntryDraft): boolean {
  const plain = ({ texts, places }: EntryDraft): string =>
    JSON.stringify([
      Object.entries(texts)
        .filter(([, text]) => text.trim() !== '')
        .sort(),
      Object.entries(places)
        .map(([key, all]) => [key, all.map(({ id }) => id)])
        .filter(([, all]) => all?.length)
        .sort(),
    ]);
  return plain(draft) === plain(opened);
}

type Read = Result<Values[string], EntryProblem['type']>;

/** A number that is counted in people or families says so; `about` is written as `~`. */
function readNumber(text: string, unit: PeopleUnit | undefined): Read {
  const figure = parseFigure(text, unit);
  if (figure.ok) return ok({ ...figure.value });
  return err(figure.error.type === 'ambiguous_separator' ? 'ambiguous' : 'not_a_number');
}

/** A figure on record without a unit keeps none, so that opening a form changes nothing. */
const unitOf = (text: string | undefined): PeopleUnit | undefined =>
  text === 'families' ? 'families' : text === 'none' ? undefined : 'people';

/** The texts of a name in several languages, by language; those left empty are not among them. */
export function namesIn(key: string, texts: EntryDraft['texts']): Record<string, string> {
  const prefix = `${key}.`;
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => {
      const isName = name.startsWith(prefix) && text.trim() !== '';
      return isName ? [[name.slice(prefix.length), text.trim()]] : [];
    }),
  );
}

function readField({ key, kind }: EntryField, { texts, places }: EntryDraft): Read {
  if (kind === 'places' || kind === 'place') {
    const ids = (places[key] ?? []).map(({ id }) => id);
    const [first] = ids;
    return ok(first === undefined ? null : kind === 'place' ? first : ids);
  }
  if (kind === 'names') {
    const names = namesIn(key, texts);
    return ok(Object.keys(names).length > 0 ? names : null);
  }
  const text = (texts[key] ?? '').trim();
  if (text === '') return ok(null);
  switch (kind) {
    case 'figure':
      return readNumber(text, undefined);
    case 'people':
      return readNumber(text, unitOf(texts[`${key}.unit`]));
    case 'date':
    case 'month': {
      const date = parsePartialDate(text);
      return date.ok ? ok(date.value.edtf) : err('not_a_date');
    }
    default:
      return ok(text);
  }
}

/** The values of a record; `null` where a field is empty. All that cannot be read is told at once. */
export function readEntry(
  fields: readonly EntryField[],
  draft: EntryDraft,
): Result<Values, readonly EntryProblem[]> {
  const values: Values = {};
  const problems: EntryProblem[] = [];
  for (const field of fields) {
    const { key } = field;
    const read = readField(field, draft);
    if (!read.ok) problems.push({ key, type: read.error });
    else if (read.value === null && field.isRequired) problems.push({ key, type: 'missing' });
    else values[key] = read.value ?? null;
  }
  return problems.length > 0 ? err(problems) : ok(values);
}

/** The places of a draft that nobody has on record yet: unverified until a coordinator looks. */
export function newPlaces(draft: EntryDraft): RecordEdit[] {
  return Object.values(draft.places)
    .flat()
    .filter(({ isNew }) => isNew)
    .map(newLocality);
}

/** The source of an entry, as its form asks for it. */
export const SOURCE_FIELDS: readonly EntryField[] = [
  { key: 'publisher', kind: 'line', label: 'entry.publisher' },
  { key: 'title', kind: 'line' },
  { key: 'url', kind: 'line' },
];

/** The source as a record, and its id for the record that rests on it; none where nothing is said. */
export function sourceEdits(draft: EntryDraft): {
  readonly edits: readonly RecordEdit[];
  readonly source: string | null;
} {
  const read = readEntry(SOURCE_FIELDS, draft);
  const values = read.ok ? withoutNulls(read.value) : {};
  if (Object.keys(values).length === 0) return { edits: [], source: null };
  const isPublished = values['url'] !== undefined || values['title'] !== undefined;
  return {
    edits: [
      {
        kind: 'source',
        id: draft.source,
        values: { kind: isPublished ? 'published' : 'told', ...values },
      },
    ],
    source: draft.source,
  };
}

/** For a new record: a field that nobody said anything of is not written. */
export function withoutNulls(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
