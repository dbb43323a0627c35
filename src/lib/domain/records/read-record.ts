import * as v from 'valibot';
import { err, ok, type Result } from '../result.ts';
import type { Dataset, RecordOf } from './dataset.ts';
import { kindOfRecord, RECORD_KINDS, type RecordKind } from './registry.ts';

/** A field that could not be read: it is left out of the record, and named. */
export interface FieldProblem {
  readonly type: 'unknown_field' | 'invalid_field' | 'missing_field';
  readonly field: string;
}

export interface ReadRecord<K extends RecordKind> {
  readonly record: RecordOf<K>;
  readonly problems: readonly FieldProblem[];
}

export interface UnreadableRecord {
  readonly type: 'unreadable_record';
  readonly kind: RecordKind;
  readonly id: string;
  readonly problems: readonly FieldProblem[];
}

/**
 * Values of fields (as merged, or as read from a file) to a record. A field that is unknown or
 * invalid is left out and named; only a record that lacks a required field is refused.
 */
export function readRecord<K extends RecordKind>(
  kind: K,
  id: string,
  values: Readonly<Record<string, unknown>>,
): Result<ReadRecord<K>, UnreadableRecord> {
  const { fields, required } = kindOfRecord(kind);
  const problems: FieldProblem[] = [];
  const record: Record<string, unknown> = { id };
  for (const [field, value] of Object.entries(values)) {
    if (value === null || value === undefined) continue;
    const type = problemOf(fields, field, value);
    if (type) problems.push({ type, field });
    else record[field] = value;
  }
  const missing = required.filter((field) => record[field] === undefined);
  if (missing.length > 0) {
    for (const field of missing) problems.push({ type: 'missing_field', field });
    return err({ type: 'unreadable_record', kind, id, problems });
  }
  return ok({ record: record as RecordOf<K>, problems });
}

/**
 * Whether `readRecord` has nothing to say of such a record, where only that is asked. The values
 * of fields come from what is held of each; `undefined` is a field that is none of the record's.
 */
export function readsWhole<Held>(
  kind: RecordKind,
  held: Readonly<Record<string, Held>>,
  valueIn: (held: Held, field: string) => unknown,
): boolean {
  const { fields, required } = kindOfRecord(kind);
  for (const [field, one] of Object.entries(held)) {
    const value = valueIn(one, field);
    if (value === null || value === undefined) continue;
    if (problemOf(fields, field, value)) return false;
  }
  return required.every((field) => {
    const one = Object.hasOwn(held, field) ? held[field] : undefined;
    return one !== undefined && (valueIn(one, field) ?? null) !== null;
  });
}

function problemOf(
  fields: Readonly<Record<string, v.GenericSchema>>,
  field: string,
  value: unknown,
): 'unknown_field' | 'invalid_field' | undefined {
  const schema = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (!schema) return 'unknown_field';
  return v.is(schema, value) ? undefined : 'invalid_field';
}

/** A data set without any record. */
export function emptyDataset(): { [K in RecordKind]: Map<string, RecordOf<K>> } {
  const dataset: Record<string, Map<string, unknown>> = {};
  for (const kind of Object.keys(RECORD_KINDS)) dataset[kind] = new Map();
  return dataset as { [K in RecordKind]: Map<string, RecordOf<K>> } satisfies Dataset;
}
