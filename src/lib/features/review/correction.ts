import type { HistoryOf } from '#lib/client/state/record-history.ts';
import type { RecordEdit } from '#lib/client/state/records-api.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import type { RecordKind } from '#lib/domain/records/registry.ts';
import { valueTypeOf } from '#lib/domain/records/value-types.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';

type Value = HistoryOf['entries'][number]['fields'][number]['after'];

/** One field of what was set aside, as a person corrects it. */
export interface FieldToCorrect {
  readonly key: string;
  readonly kind: string;
  readonly record: string;
  readonly field: string;
  readonly value: Value;
  /** What is typed; null where the value is no text, and is sent as it is or not at all. */
  text: string | null;
  isSent: boolean;
}

export interface UnreadField {
  readonly type: 'unread_field';
  readonly field: string;
}

const CREATED = '_created';
const TYPED: ReadonlySet<string> = new Set(['line', 'text', 'date']);

/** The fields of changes that were set aside, all of them to be sent unless a person leaves one out. */
export function fieldsToCorrect(entries: HistoryOf['entries']): FieldToCorrect[] {
  return entries.flatMap(({ change, fields }) =>
    fields.map(({ field, after }) => {
      const type = valueTypeOf(change.kind, field);
      const isTyped = typeof after === 'string' && type !== undefined && TYPED.has(type);
      return {
        key: `${change.id} ${field}`,
        kind: change.kind,
        record: change.record,
        field,
        value: after,
        text: isTyped ? after : null,
        isSent: true,
      };
    }),
  );
}

/** What is half typed: kept on the device until it is sent or discarded. */
export interface AsideDraft {
  rows: FieldToCorrect[];
}

/** What was kept, by what the changes say; null where it is nothing that this form wrote. */
export function keptCorrection(
  entries: HistoryOf['entries'],
  { rows }: Readonly<Record<string, unknown>>,
): AsideDraft | null {
  if (!Array.isArray(rows)) return null;
  const keptByKey = new Map(
    (rows as readonly Partial<FieldToCorrect>[]).map((row) => [row.key, row] as const),
  );
  const merged = fieldsToCorrect(entries).map((row): FieldToCorrect => {
    const kept = keptByKey.get(row.key);
    const text = row.text === null || typeof kept?.text !== 'string' ? row.text : kept.text;
    return { ...row, text, isSent: kept?.isSent !== false };
  });
  return { rows: merged };
}

export const isUntouchedCorrection = (draft: AsideDraft, opened: AsideDraft): boolean =>
  draft.rows.every((row, at) => {
    const before = opened.rows[at];
    return row.text === before?.text && row.isSent === before.isSent;
  });

/**
 * What is to be saved in their place, by record; the first field that cannot be read. A record that
 * says no more than that it is there (a convoy with its reports) is made again too.
 */
export function correctedEdits(
  entries: HistoryOf['entries'],
  rows: readonly FieldToCorrect[],
): Result<RecordEdit[], UnreadField> {
  const edits = new Map<string, { kind: RecordKind; id: string; values: Record<string, Value> }>();
  for (const { change, fields } of entries) {
    if (fields.length > 0 || !(CREATED in change.fields)) continue;
    const { record: id, kind } = change;
    edits.set(id, { kind: kind as RecordKind, id, values: { [CREATED]: true } });
  }
  for (const { kind, record, field, value, text, isSent } of rows) {
    if (!isSent) continue;
    const read = text === null ? value : readText(kind, field, text);
    if (read === undefined) return err({ type: 'unread_field', field });
    const edit = edits.get(record) ?? { kind: kind as RecordKind, id: record, values: {} };
    edit.values[field] = read;
    edits.set(record, edit);
  }
  return ok([...edits.values()]);
}

function readText(kind: string, field: string, text: string): Value | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (valueTypeOf(kind, field) !== 'date') return trimmed;
  const date = parsePartialDate(trimmed);
  return date.ok ? date.value.edtf : undefined;
}
