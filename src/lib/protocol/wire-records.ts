import * as v from 'valibot';
import { QUARANTINE_CODES } from './codes.ts';
import { bytes, cursors, id, instant, seq, signedGroup, text } from './wire-values.ts';

/** Snapshots, histories and what was set aside, as both sides check it (docs/api.md). */

/** `format`: how the parts shall be written that the device can read; absent: the first. */
export const snapshotRequest = v.object({ schema: v.number(), format: v.optional(v.number()) });
export type SnapshotRequest = v.InferOutput<typeof snapshotRequest>;

/**
 * What a new device begins with instead of pulling everything: the folded records of all streams
 * that it may read whole, up to the cursors, in parts that are fetched one by one.
 */
export const snapshotManifest = v.object({
  id,
  /** Where pulling goes on once all parts are here. */
  cursors,
  records: seq,
  /** Of each part: how many records, bytes as it is sent (compressed), SHA-256 of its text. */
  parts: v.array(v.object({ records: seq, bytes: seq, sha256: bytes(32) })),
  /** By which its groups were read; absent: the first. */
  schema: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** How its parts are written (`SNAPSHOT_FORMAT`); absent: the first, which nobody reads any more. */
  format: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2))),
  /** `point.signature`: the server's, over `snapshotBytes`. */
  signature: v.pipe(v.string(), v.maxLength(200)),
});
export type SnapshotManifest = v.InferOutput<typeof snapshotManifest>;

export const snapshotResponse = v.object({
  epoch: id,
  /** null: pull from the beginning; nothing is gained by a snapshot. */
  snapshot: v.nullable(snapshotManifest),
  /** One is being made: ask again after so many seconds, or pull. */
  wait: v.nullable(seq),
  serverTime: instant,
});
export type SnapshotResponse = v.InferOutput<typeof snapshotResponse>;

/** More than any store holds. */
const MOST_PARTS = 1_000_000;

/** Answered with the text of the part (`splitSnapshotPart`); `not_found` once a newer one stands. */
export const snapshotPartRequest = v.object({
  snapshot: id,
  part: v.pipe(seq, v.maxValue(MOST_PARTS)),
});

/**
 * Of one record, or of every record that a batch touched. `after`: the `next` of the page before.
 * Oldest first, by when the server got them.
 */
export const historyRequest = v.union([
  v.object({ record: id, after: v.optional(seq) }),
  v.object({ batch: id, after: v.optional(seq) }),
]);
export type HistoryRequest = v.InferOutput<typeof historyRequest>;
export const historyResponse = v.object({
  /** Whole groups that touch these records, as far as the caller may read them. */
  groups: v.array(v.object({ signed: signedGroup, received: instant })),
  next: v.nullable(seq),
});
export type HistoryResponse = v.InferOutput<typeof historyResponse>;

/** `settled`: those that a person has dealt with instead of those that wait. Newest first. */
export const quarantineRequest = v.object({
  settled: v.optional(v.boolean()),
  after: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}\.[pu][A-Za-z0-9_-]{1,64}$/))),
});
export const quarantineRow = v.object({
  /** What `settle` and the answer to a push call it. */
  id,
  code: v.picklist(QUARANTINE_CODES),
  received: instant,
  /** Who signed it; null where that is not proven. */
  member: v.nullable(id),
  device: v.nullable(id),
  /** The device that brought it. */
  carrier: id,
  /** The group, where it can be read and the caller may; what it says of its author may be false where `member` is null. */
  signed: v.nullable(signedGroup),
  settled: v.nullable(
    v.object({
      at: instant,
      member: v.nullable(id),
      reason: v.string(),
      /** The group that stands in its place. */
      correction: v.nullable(id),
    }),
  ),
});
export const quarantineResponse = v.object({
  entries: v.array(quarantineRow),
  next: v.nullable(v.string()),
});
export type QuarantineResponse = v.InferOutput<typeof quarantineResponse>;

/** A person has dealt with it: it needs no attention, or another group says it rightly. */
export const settleRequest = v.object({
  id,
  reason: text(1_000),
  correction: v.optional(id),
});
