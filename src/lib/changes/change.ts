/** One save of one record, and the group in which it is signed, stored and sent (docs/architecture.md). */

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A new value of one field; `base`: ids of the changes to that field that the author saw. */
export interface FieldEdit {
  readonly value: Json;
  readonly base: readonly string[];
}

/** Version of what a change can say. It only grows; an older change is read as it was written. */
export const SCHEMA = 1;

/** Immutable, and also the audit entry. Clocks decide nothing: `deviceTime` is only told. */
export interface Change {
  readonly id: string;
  readonly operation: string;
  readonly kind: string;
  readonly record: string;
  readonly fields: Readonly<Record<string, FieldEdit>>;
  /** ISO instant of the author's device, right or wrong. */
  readonly deviceTime: string;
  readonly author: string;
  readonly schema: number;
}

export type Stream = 'log' | 'movements';

/** At most 500 changes of one stream, signed once by their device, stored and sent whole. */
export interface Group {
  readonly id: string;
  readonly operation: string;
  readonly stream: Stream;
  readonly device: string;
  readonly batch?: string;
  readonly changes: readonly Change[];
}

/** The group's encoding exactly as it was signed, and the signature of its device. */
export interface SignedGroup {
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
}

/** Reserved fields, of every kind of record. */
export const CREATED = '_created';
/** `true` hides the record; its base names all heads of the record, not of this field alone. */
export const DELETED = '_deleted';
/** The id of the record that this one is a duplicate of; children follow when folded. */
export const MERGED_INTO = '_mergedInto';
