import type { RecordOf } from '../dataset.ts';
import { kindOfRecord, RECORD_KINDS, type RecordKind, REFERENCE_FIELDS } from '../registry.ts';
import type { WarningContext } from './context.ts';
import { type Warning, warnIf } from './warning.ts';

/**
 * Whether one who reads records of one kind reads those of the other as well: else a record that
 * may not be seen would be called missing.
 */
function isSeenWith(kind: RecordKind, named: RecordKind): boolean {
  const { stream } = kindOfRecord(named);
  return stream === 'log' || stream === kindOfRecord(kind).stream;
}

/** By kind, the fields that name records of which a reader of the kind sees all. */
const SEEN_FIELDS = new Map(
  (Object.keys(RECORD_KINDS) as RecordKind[]).map((kind) => [
    kind,
    Object.keys(kindOfRecord(kind).fields).flatMap((field) => {
      const named = REFERENCE_FIELDS.get(field);
      // Whoever said that two convoys differ meant one that may be gone since.
      if (!named || field === 'notSameAs' || !isSeenWith(kind, named)) return [];
      return [[field, named] as const];
    }),
  ]),
);

/** Fields that name a record which is not there. */
export function missingRecords<K extends RecordKind>(
  kind: K,
  record: RecordOf<K>,
  { dataset }: WarningContext,
): readonly Warning[] {
  const values: Readonly<Record<string, unknown>> = record;
  const fields: string[] = [];
  for (const [field, named] of SEEN_FIELDS.get(kind) ?? []) {
    const value = values[field];
    if (value === undefined) continue;
    const ids: readonly unknown[] = Array.isArray(value) ? value : [value];
    const isThere = ids.every((id) => typeof id === 'string' && dataset[named].has(id));
    if (!isThere) fields.push(field);
  }
  return warnIf(fields.length > 0, 'names_missing_record', [record.id], fields);
}
