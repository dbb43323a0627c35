import type { RecordEdit } from '#lib/client/state/records-api.ts';
import { type Figure, figureToText } from '#lib/domain/figures/figure.ts';
import type { Source } from '#lib/domain/records/dataset.ts';
import type { RecordKind } from '#lib/domain/records/registry.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import {
  type EntryDraft,
  type EntryField,
  type EntryProblem,
  namesIn,
  newPlaces,
  readEntry,
  SOURCE_FIELDS,
  sourceEdits,
} from './entry.ts';

/** form: a record on record, opened in the form that it was entered with. */

type Held = Readonly<Record<string, unknown>> & { readonly id: string };

const isFigure = (value: unknown): value is Figure =>
  typeof value === 'object' && value !== null && 'q' in value && 'n' in value;

function textsOf(fields: readonly EntryField[], record: Readonly<Record<string, unknown>>) {
  const texts: Record<string, string> = {};
  for (const { key, kind } of fields) {
    const value = record[key];
    if (typeof value === 'string' && kind !== 'place' && kind !== 'places') texts[key] = value;
    if (kind === 'names') {
      for (const [language, name] of Object.entries(value ?? {}))
        texts[`${key}.${language}`] = name;
    }
    if (!isFigure(value)) continue;
    texts[key] = figureToText(value);
    if (kind === 'people') texts[`${key}.unit`] = value.unit ?? 'none';
  }
  return texts;
}

/** The record as it would have been typed; `newSource` is the id that another source would get. */
export function draftOfRecord(
  record: Held,
  fields: readonly EntryField[],
  {
    source,
    newSource,
    placeName,
  }: {
    /** Of a form that asks who says so. */
    readonly source?: Source;
    readonly newSource?: string;
    readonly placeName: (id: string) => string;
  },
): EntryDraft {
  const places: EntryDraft['places'] = {};
  for (const { key, kind } of fields) {
    const value = record[key];
    if (kind !== 'place' && kind !== 'places') continue;
    const ids = [value ?? []].flat().filter((id) => typeof id === 'string');
    places[key] = ids.map((id) => ({ id, name: placeName(id), isNew: false }));
  }
  const texts = {
    ...textsOf(fields, record),
    ...(source ? textsOf(SOURCE_FIELDS, { ...source }) : {}),
  };
  return { id: record.id, source: newSource ?? record.id, texts, places };
}

/** A field as it is typed, to compare: what is not touched is neither read nor written. */
function typed({ key, kind }: EntryField, { texts, places }: EntryDraft): string {
  if (kind === 'place' || kind === 'places') {
    return (places[key] ?? []).map(({ id }) => id).join(' ');
  }
  if (kind === 'names') return JSON.stringify(Object.entries(namesIn(key, texts)).sort());
  const text = (texts[key] ?? '').trim();
  return kind === 'people' && text !== '' ? `${text} ${texts[`${key}.unit`] ?? ''}` : text;
}

const touched = (fields: readonly EntryField[], opened: EntryDraft, draft: EntryDraft) =>
  fields.filter((field) => typed(field, opened) !== typed(field, draft));

/**
 * What correcting a record writes: the fields that differ from how it was opened and no more, so
 * that what others changed meanwhile stands. A source may be that of other records too: another one
 * is written, and theirs stays as it is.
 */
export function editsOfRecord(
  kind: RecordKind,
  fields: readonly EntryField[],
  {
    opened,
    draft,
    source,
  }: {
    readonly opened: EntryDraft;
    readonly draft: EntryDraft;
    readonly source?: Source | undefined;
  },
): Result<RecordEdit[], readonly EntryProblem[]> {
  const read = readEntry(touched(fields, opened, draft), draft);
  if (!read.ok) return read;
  const isSourceTouched = touched(SOURCE_FIELDS, opened, draft).length > 0;
  const said = isSourceTouched ? sourceEdits(draft) : { edits: [], source: null };
  // The same publisher published it on the same day.
  const isSamePublisher = (draft.texts['publisher'] ?? '').trim() === source?.publisher;
  const { publishedOn, organisation } = (isSamePublisher && source) || {};
  const kept = {
    ...(publishedOn === undefined ? {} : { publishedOn }),
    ...(organisation === undefined ? {} : { organisation }),
  };
  const values = { ...read.value, ...(isSourceTouched ? { source: said.source } : {}) };
  if (Object.keys(values).length === 0) return ok([]);
  return ok([
    ...newPlaces(draft),
    ...said.edits.map((edit) => ({ ...edit, values: { ...kept, ...edit.values } })),
    { kind, id: draft.id, values },
  ]);
}
