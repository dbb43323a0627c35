import type { Json } from '#lib/changes/change.ts';
import type { Head, RecordState } from '#lib/changes/fold.ts';

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
];
type StoredPage = [texts: string[], records: StoredRecord[]];

export function encodeRecords(states: readonly RecordState[]): Uint8Array {
  const texts: string[] = [];
  const placeOf = new Map<string, number>();
  const text = (value: string): number => {
    const known = placeOf.get(value);
    if (known !== undefined) return known;
    placeOf.set(value, texts.length);
    return texts.push(value) - 1;
  };
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
    return [state.id, state.kind, changes, fields];
  });
  const page: StoredPage = [texts, records];
  return new TextEncoder().encode(JSON.stringify(page));
}

/** The other way round, for bytes that this device sealed itself; throws where they are not. */
export function decodeRecords(bytes: Uint8Array): RecordState[] {
  const [texts, records] = JSON.parse(new TextDecoder().decode(bytes)) as StoredPage;
  return records.map(([id, kind, changes, stored]) => {
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
}
