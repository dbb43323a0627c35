import type { Json } from '#lib/changes/change.ts';
import type { Head, RecordState } from '#lib/changes/fold.ts';

/** Record states as they are sealed: short, and without anything that can be derived. */

type StoredHead = [
  change: string,
  value: Json,
  time: string,
  author: string,
  sees?: readonly string[],
];
export type StoredState = [
  id: string,
  kind: string,
  fields: [field: string, heads: StoredHead[]][],
  seen: string[],
];

export function toStored(state: RecordState): StoredState {
  return [
    state.id,
    state.kind,
    Object.entries(state.fields).map(([field, heads]) => [
      field,
      heads.map((head): StoredHead => {
        const { change, value, deviceTime, author, sees } = head;
        return sees
          ? [change, value, deviceTime, author, sees]
          : [change, value, deviceTime, author];
      }),
    ]),
    [...state.seen],
  ];
}

export function fromStored([id, kind, fields, seen]: StoredState): RecordState {
  return {
    id,
    kind,
    fields: Object.fromEntries(
      fields.map(([field, heads]) => [
        field,
        heads.map(([change, value, deviceTime, author, sees]): Head => ({
          change,
          value,
          deviceTime,
          author,
          ...(sees ? { sees } : {}),
        })),
      ]),
    ),
    seen: new Set(seen),
  };
}
