import type { Dataset } from '../dataset.ts';
import { readRecord } from '../read-record.ts';
import type { RecordKind } from '../registry.ts';

/** A record as it is to be written: `null` clears a field; bookkeeping begins with `_`. */
export interface Edit {
  readonly kind: RecordKind;
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The data set with the edits in it; a record that could not be read stays as it was. */
export function withEdits(dataset: Dataset, edits: readonly Edit[]): Dataset {
  const kinds: Partial<Record<RecordKind, Map<string, unknown>>> = {};
  for (const { kind, id, values } of edits) {
    const records = (kinds[kind] ??= new Map<string, unknown>(dataset[kind]));
    if (values['_deleted'] === true) {
      records.delete(id);
      continue;
    }
    const fields = Object.entries(values).filter(([field]) => !field.startsWith('_'));
    const { id: _, ...held } = { ...(records.get(id) as object | undefined), id };
    const read = readRecord(kind, id, { ...held, ...Object.fromEntries(fields) });
    if (read.ok) records.set(id, read.value.record);
  }
  return { ...dataset, ...kinds } as Dataset;
}
