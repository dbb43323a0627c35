import type { RecordKind } from '#lib/domain/records/registry.ts';

/** What a field of a record can hold, as it is stored and sent. */
export type FieldValue =
  null | boolean | number | string | readonly FieldValue[] | { readonly [key: string]: FieldValue };

export type FieldValues = Readonly<Record<string, FieldValue>>;

/** A record as files give it: values of the fields that they say something about. */
export interface ImportedRecord {
  readonly kind: RecordKind;
  readonly id: string;
  readonly values: FieldValues;
}
