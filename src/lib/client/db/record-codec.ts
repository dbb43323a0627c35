import type { Json } from '#lib/changes/change.ts';
import { valuesOf, type Head, type RecordState } from '#lib/changes/fold.ts';
import { textTable } from '#lib/changes/text-table.ts';
import { readRecord } from '#lib/domain/records/read-record.ts';
import { isRecordKind } from '#lib/domain/records/registry.ts';

/**
 * States of records as the bytes of a row or page. What repeats (authors, times, change ids)
 * stands once and is named by its place: opening a page is little more than one JSON.parse.
 */
type StoredHead = [change: number, value: Json, sees?: readonly string[]];
type StoredRecord = [
  id: string,
  kind: string,
  /** Every change that was applied, as [id, time, author]; of those without a head only the id. */
  changes: (string | [string, number, number])[],
  fields: Record<string, StoredHead[]>,
  /** 1: its shown values were read by the schemas without any problem; schemas only grow. */
  sound?: 1,
];
type StoredPage = [texts: readonly string[], records: StoredRecord[]];

export function encodeRecords(states: readonly RecordState[]): Uint8Array {
  const { texts, placeOf: text } = textTable();
  const records = states.map((state): StoredRecord => {
    const changes: StoredRecord[2] = [];
    const place = new Map<string, number>();
    const fields: StoredRecord[3] = {};
    for (const [field, heads] of Object.entries(state.fields)) {
      fields[field] = heads.map((head): StoredHead => {
        let at = place.get(head.change);
        if (at === undefined) {
          at = changes.push([head.change, text(head.deviceTime), text(head.author)]) - 1;
          place.set(head.change, at);
        }
        return head.sees ? [at, head.value, head.sees] : [at, head.value];
      });
    }
    for (const id of state.seen) if (!place.has(id)) changes.push(id);
    return isSound(state)
      ? [state.id, state.kind, changes, fields, 1]
      : [state.id, state.kind, changes, fields];
  });
  const page: StoredPage = [texts, records];
  return new TextEncoder().encode(JSON.stringify(page));
}

export interface DecodedRecords {
  readonly states: RecordState[];
  /** Records whose values have to be read by the schemas before anything is computed from them. */
  readonly doubtful: string[];
}

/** The other way round, for bytes that this device sealed itself; throws where they are not. */
export function decodeRecords(bytes: Uint8Array): DecodedRecords {
  const [texts, records] = JSON.parse(new TextDecoder().decode(bytes)) as StoredPage;
  const doubtful: string[] = [];
  const states = records.map(([id, kind, changes, stored, sound]) => {
    if (sound !== 1) doubtful.push(id);
    const seen = new Set<string>();
    for (const change of changes) seen.add(typeof change === 'string' ? change : change[0]);
    const fields: Record<string, readonly Head[]> = {};
    for (const field of Object.keys(stored)) {
      fields[field] = (stored[field] as StoredHead[]).map(([at, value, sees]) => {
        const [change, time, author] = changes[at] as [string, number, number];
        const deviceTime = texts[time] as string;
        const head = { change, value, deviceTime, author: texts[author] as string };
        return sees ? { ...head, sees } : head;
      });
    }
    return { id, kind, fields, seen };
  });
  return { states, doubtful };
}

function isSound(state: RecordState): boolean {
  if (!isRecordKind(state.kind)) return false;
  const read = readRecord(state.kind, state.id, valuesOf(state));
  return read.ok && read.value.problems.length === 0;
}
