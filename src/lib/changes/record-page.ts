import { byCodeUnit } from './canonical.ts';
import { DELETED, type Json } from './change.ts';
import type { Head, RecordState } from './fold.ts';
import { textTable } from './text-table.ts';

/**
 * States of records as JSON, the same in a part of a snapshot and in a row of the device: what the
 * server sends is sealed as it is. Heads stand with the change that made them, and authors and times
 * once a page, named by their place: opening a page is little more than one JSON.parse.
 */
type PageChange = [
  id: string,
  time: number,
  author: number,
  /** The fields that it is a head of. */
  values: Record<string, Json>,
  /** Of a deletion: the heads of the whole record that its author saw. */
  sees?: readonly string[],
];
/** Of changes that are no head of any field only the ids. */
type PageRecord = [id: string, kind: string, changes: (string | PageChange)[]];
export type RecordPage = [texts: readonly string[], records: PageRecord[]];

/** Records of a page: few enough to write again, enough to open 20,000 within half a second. */
export const RECORDS_IN_PAGE = 64;

export function pageOfStates(states: readonly RecordState[]): RecordPage {
  const { texts, placeOf } = textTable();
  const records = states.map(({ id, kind, fields, seen }): PageRecord => {
    const changes = new Map<string, PageChange>();
    for (const [field, heads] of Object.entries(fields)) {
      for (const { change, value, deviceTime, author, sees } of heads) {
        let made = changes.get(change);
        if (!made) {
          made = [change, placeOf(deviceTime), placeOf(author), {}];
          changes.set(change, made);
        }
        made[3][field] = value;
        if (sees) made[4] = sees;
      }
    }
    const superseded = seen.filter((change) => !changes.has(change));
    return [id, kind, [...changes.values(), ...superseded]];
  });
  return [texts, records];
}

/** The other way round; throws where it is no page, whoever wrote it. */
export function statesOfPage([texts, records]: RecordPage): RecordState[] {
  return records.map((record) => {
    if (record.length !== 3) throw new Error('a record of another form');
    const [id, kind, changes] = record;
    const seen: string[] = [];
    const fields: Record<string, Head[]> = {};
    for (const one of changes) {
      seen.push(typeof one === 'string' ? one : addHeads(fields, one, texts));
    }
    return { id: textIn(id), kind: textIn(kind), fields, seen };
  });
}

function addHeads(
  fields: Record<string, Head[]>,
  [id, time, by, values, sees]: PageChange,
  texts: readonly string[],
): string {
  const [change, deviceTime, author] = [textIn(id), textIn(texts[time]), textIn(texts[by])];
  for (const field of Object.keys(values)) {
    const head = { change, value: values[field] as Json, deviceTime, author };
    const seeing: Head = sees && field === DELETED ? { ...head, sees } : head;
    const others = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (others) others.push(seeing);
    else fields[field] = [seeing];
    others?.sort((a, b) => byCodeUnit(a.change, b.change));
  }
  return change;
}

function textIn(text: unknown): string {
  if (typeof text !== 'string') throw new Error('a text that is not there');
  return text;
}
