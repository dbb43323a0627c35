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
    const schema = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (value === null || value === undefined) continue;
    if (!schema) problems.push({ type: 'unknown_field', field });
    else if (isValid(schema, value)) record[field] = value;
    else problems.push({ type: 'invalid_field', field });
  }
  const missing = required.filter((field) => record[field] === undefined);
  if (missing.length > 0) {
    for (const field of missing) problems.push({ type: 'missing_field', field });
    return err({ type: 'unreadable_record', kind, id, problems });
  }
  return ok({ record: record as RecordOf<K>, problems });
}

/** A data set without any record. */
export function emptyDataset(): { [K in RecordKind]: Map<string, RecordOf<K>> } {
  const dataset: Record<string, Map<string, unknown>> = {};
  for (const kind of Object.keys(RECORD_KINDS)) dataset[kind] = new Map();
  return dataset as { [K in RecordKind]: Map<string, RecordOf<K>> } satisfies Dataset;
}

/** Short texts that a schema took before: the same few dates, ids and codes stand in most records. */
const taken = new WeakMap<v.GenericSchema, Set<string>>();
const MOST_TAKEN = 5_000;

function isValid(schema: v.GenericSchema, value: unknown): boolean {
  if (typeof value !== 'string' || value.length > 64) return v.is(schema, value);
  let known = taken.get(schema);
  if (known?.has(value)) return true;
  const valid = v.is(schema, value);
  if (valid) {
    if (!known) taken.set(schema, (known = new Set()));
    if (known.size < MOST_TAKEN) known.add(value);
  }
  return valid;
}
