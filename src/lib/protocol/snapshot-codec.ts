import type { Json } from '#lib/changes/change.ts';
import { idPrefix, type Head, type RecordState } from '#lib/changes/fold.ts';
import { snapshotOf } from '#lib/changes/snapshot.ts';
import { textTable } from '#lib/changes/text-table.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { SnapshotManifest } from './wire-records.ts';

/**
 * A part of a snapshot as text: records with their heads. Authors and times stand once and are
 * named by their place; of superseded changes only the beginnings of their ids are there.
 */
type PartHead = [change: number, value: Json, sees?: readonly string[]];
type PartRecord = [
  id: string,
  kind: string,
  heads: [change: string, time: number, author: number][],
  fields: Record<string, PartHead[]>,
  superseded: string,
];
type Part = [version: 1, texts: readonly string[], records: PartRecord[]];

export function encodeSnapshotPart(states: readonly RecordState[]): string {
  const { texts, placeOf: text } = textTable();
  const records = states.map((whole): PartRecord => {
    const state = snapshotOf(whole);
    const heads: PartRecord[2] = [];
    const place = new Map<string, number>();
    const fields: PartRecord[3] = {};
    for (const [field, all] of Object.entries(state.fields)) {
      fields[field] = all.map(({ change, value, deviceTime, author, sees }): PartHead => {
        const at = place.get(change) ?? heads.push([change, text(deviceTime), text(author)]) - 1;
        place.set(change, at);
        return sees ? [at, value, sees] : [at, value];
      });
    }
    const superseded = [...state.seen].filter((id) => !place.has(id)).sort();
    return [state.id, state.kind, heads, fields, superseded.join(',')];
  });
  const part: Part = [1, texts, records];
  return JSON.stringify(part);
}

export interface SnapshotUnreadable {
  readonly type: 'snapshot_unreadable';
}

/** The records of a part whose hash stands in the signed manifest; refused where it is none. */
export function decodeSnapshotPart(text: string): Result<RecordState[], SnapshotUnreadable> {
  try {
    const [version, texts, records] = JSON.parse(text) as Part;
    if (version !== 1) return err({ type: 'snapshot_unreadable' });
    return ok(records.map((record) => stateOf(record, texts)));
  } catch {
    return err({ type: 'snapshot_unreadable' });
  }
}

function stateOf(
  [id, kind, heads, fields, superseded]: PartRecord,
  texts: readonly string[],
): RecordState {
  const seen = new Set(heads.map(([change]) => change));
  if (superseded !== '') for (const prefix of superseded.split(',')) seen.add(idPrefix(prefix));
  const read = ([at, value, sees]: PartHead): Head => {
    const [change, time, author] = heads[at] as PartRecord[2][number];
    const head = { change, value, deviceTime: wordOf(texts, time), author: wordOf(texts, author) };
    return sees ? { ...head, sees } : head;
  };
  const states: Record<string, readonly Head[]> = {};
  for (const field of Object.keys(fields)) states[field] = (fields[field] ?? []).map(read);
  return { id, kind, fields: states, seen };
}

function wordOf(texts: readonly string[], place: number): string {
  const word = texts[place];
  if (typeof word !== 'string') throw new Error('a text that is not there');
  return word;
}

/** By which schema the groups of a snapshot were read. */
export const schemaOf = ({ schema }: Pick<SnapshotManifest, 'schema'>): number => schema ?? 1;

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
  return new TextEncoder().encode(text.join('|'));
}
