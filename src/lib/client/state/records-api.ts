import type { Json } from '#lib/changes/change.ts';
import type { HeadsByField } from '#lib/changes/edit.ts';
import type { RecordKind } from '#lib/domain/records/registry.ts';

export type { HeadsByField };

/** New values of some fields of a record; `null` clears a field. A new record has a new id. */
export interface RecordEdit {
  readonly kind: RecordKind;
  readonly id: string;
  readonly values: Readonly<Record<string, Json | undefined>>;
  /**
   * Where this was typed over what stood earlier: the heads of each field then. What came since was
   * not seen, and stands beside it. Without it, all that stands at saving was seen.
   */
  readonly seen?: HeadsByField;
}

/** Why nothing was saved. The typed form stays as it is: an edit is saved whole or not at all. */
export type SaveError =
  | { readonly type: 'locked' }
  | { readonly type: 'nothing_to_save' }
  | { readonly type: 'invalid'; readonly record: string; readonly field: string }
  | { readonly type: 'too_many'; readonly most: number }
  | { readonly type: 'storage_full' }
  | { readonly type: 'storage_failed'; readonly reason: string };

export interface Saved {
  readonly groupIds: readonly string[];
}

/** A field that two people gave different values, all of them kept; `shown` is one of them. */
export interface Conflict {
  readonly record: string;
  readonly kind: string;
  readonly field: string;
  readonly shown: Json;
  readonly values: readonly { readonly value: Json; readonly changes: readonly string[] }[];
}
