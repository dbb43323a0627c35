import type { RecordOf } from '../dataset.ts';
import { kindOfRecord, type RecordKind, REFERENCE_FIELDS } from '../registry.ts';
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

/** Fields that name a record which is not there. */
export function missingRecords<K extends RecordKind>(
  kind: K,
  record: RecordOf<K>,
  { dataset }: WarningContext,
): readonly Warning[] {
  const fields = Object.entries(record).flatMap(([field, value]: [string, unknown]) => {
    const named = REFERENCE_FIELDS.get(field);
    // Whoever said that two convoys differ meant one that may be gone since.
    if (!named || field === 'notSameAs' || !isSeenWith(kind, named)) return [];
    const ids: readonly unknown[] = Array.isArray(value) ? value : [value];
    return ids.every((id) => typeof id === 'string' && dataset[named].has(id)) ? [] : [field];
  });
  return warnIf(fields.length > 0, 'names_missing_record', [record.id], fields);
}
