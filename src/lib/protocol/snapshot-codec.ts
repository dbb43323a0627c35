import type { RecordState } from '#lib/changes/fold.ts';
import {
  pageOfStates,
  RECORDS_IN_PAGE,
  statesOfPage,
  type RecordPage,
} from '#lib/changes/record-page.ts';
import { snapshotOf } from '#lib/changes/snapshot.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { SnapshotManifest } from './wire-records.ts';

/**
 * How parts are written. 2: a line a page, as devices keep it, so that they need not write it anew;
 * of superseded changes only the beginnings of their ids are there (docs/adr/0165-pages-as-sent.md).
 */
export const SNAPSHOT_FORMAT = 2;

const LINE_END = 10;
const CLOSING_BRACKET = 93;

export function encodeSnapshotPart(states: readonly RecordState[]): string {
  const lines: string[] = [];
  for (let at = 0; at < states.length; at += RECORDS_IN_PAGE) {
    const some = states.slice(at, at + RECORDS_IN_PAGE).map(snapshotOf);
    lines.push(JSON.stringify(pageOfStates(some)));
  }
  return lines.join('\n');
}

/** The pages of a part, as views of its bytes. */
export function splitSnapshotPart(part: Uint8Array): Uint8Array[] {
  const pages: Uint8Array[] = [];
  for (let at = 0; at < part.length;) {
    const found = part.indexOf(LINE_END, at);
    const end = found < 0 ? part.length : found;
    pages.push(part.subarray(at, end));
    at = end + 1;
  }
  return pages;
}

export interface SnapshotUnreadable {
  readonly type: 'snapshot_unreadable';
}

/**
 * The records of a page of a part whose hash stands in the signed manifest; refused where it is none.
 * Only two things and no more are in a page, and its bracket ends it: a device adds a third.
 */
export function decodeSnapshotPage(sent: Uint8Array): Result<RecordState[], SnapshotUnreadable> {
  try {
    const page = JSON.parse(new TextDecoder().decode(sent)) as RecordPage;
    if (!Array.isArray(page) || page.length !== 2 || sent.at(-1) !== CLOSING_BRACKET) {
      return err({ type: 'snapshot_unreadable' });
    }
    return ok(statesOfPage(page));
  } catch {
    return err({ type: 'snapshot_unreadable' });
  }
}

/** By which schema the groups of a snapshot were read. */
export const schemaOf = ({ schema }: Pick<SnapshotManifest, 'schema'>): number => schema ?? 1;

/** Whether the parts of a snapshot are written as this version reads them. */
export const isReadable = ({ format }: Pick<SnapshotManifest, 'format'>): boolean =>
  format === SNAPSHOT_FORMAT;

/** The bytes that the server signs for a snapshot: where it ends, and the hash of every part. */
export function snapshotBytes(
  operation: string,
  manifest: Omit<SnapshotManifest, 'signature'>,
): Uint8Array {
  const { id, cursors, records, parts } = manifest;
  const at = [cursors.log, cursors.movements].map((cursor) =>
    cursor ? `${cursor.seq}.${cursor.id}` : '',
  );
  const hashes = parts.map((part) => `${part.records}.${part.sha256}`);
  const text = ['crossline snapshot 1', operation, id, ...at, records, ...hashes];
  if (schemaOf(manifest) > 1) text.push(`schema ${schemaOf(manifest)}`);
  if (manifest.format !== undefined) text.push(`format ${manifest.format}`);
  return new TextEncoder().encode(text.join('|'));
}
