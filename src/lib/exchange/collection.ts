import type { Dataset } from '#lib/domain/records/dataset.ts';
import type { RecordKind } from '#lib/domain/records/registry.ts';
import type { FieldValue, FieldValues, ImportedRecord } from './imported-record.ts';
import { naturalKey } from './natural-keys.ts';
import { importedRecordId } from './record-ids.ts';

type Values = Readonly<Record<string, FieldValue | undefined>>;

/**
 * The records that files bring, found again by what they are: a record that is there already, in
 * the operation or from an earlier row, gets the new values and keeps its id.
 */
export interface Collection {
  /** Brings in a record, known by its natural key; undefined values say nothing. Returns its id. */
  put(kind: RecordKind, values: Values): string;
  /** Brings values to the record with this id. */
  putAt(kind: RecordKind, id: string, values: Values): void;
  /** What a record holds so far, the operation's own values included. */
  valuesOf(kind: RecordKind, id: string): Readonly<Record<string, unknown>> | undefined;
  idByKey(kind: RecordKind, key: string): string | undefined;
  /** A further key by which a record is known. */
  learnKey(kind: RecordKind, key: string, id: string): void;
  newId(kind: RecordKind, key: string): string;
  records(): readonly ImportedRecord[];
}

function said(values: Values): FieldValues {
  const kept: Record<string, FieldValue> = {};
  for (const [field, value] of Object.entries(values)) if (value !== undefined) kept[field] = value;
  return kept;
}

/** An empty collection for an operation (its random id), over the records that it holds already. */
export function collectRecords(operation: string, existing?: Dataset): Collection {
  const collected = new Map<string, { kind: RecordKind; id: string; values: FieldValues }>();
  const ids = new Map<string, string>();
  for (const [kind, records] of Object.entries(existing ?? {})) {
    for (const record of records.values()) {
      const key = naturalKey(kind as RecordKind, record);
      if (key !== undefined) ids.set(`${kind}|${key}`, record.id);
    }
  }
  const collection: Collection = {
    put(kind, values) {
      const key = naturalKey(kind, values);
      if (key === undefined) throw new Error(`a ${kind} without what it is known by`);
      const id = collection.idByKey(kind, key) ?? collection.newId(kind, key);
      collection.learnKey(kind, key, id);
      collection.putAt(kind, id, values);
      return id;
    },
    putAt(kind, id, values) {
      const name = `${kind}|${id}`;
      const before = collected.get(name);
      collected.set(name, { kind, id, values: { ...before?.values, ...said(values) } });
    },
    valuesOf(kind, id) {
      const known = existing?.[kind].get(id) as Readonly<Record<string, unknown>> | undefined;
      const own = collected.get(`${kind}|${id}`)?.values;
      return known || own ? { ...known, ...own } : undefined;
    },
    idByKey: (kind, key) => ids.get(`${kind}|${key}`),
    learnKey(kind, key, id) {
      ids.set(`${kind}|${key}`, id);
    },
    newId: (kind, key) => importedRecordId(operation, kind, key),
    records: () => [...collected.values()],
  };
  return collection;
}
