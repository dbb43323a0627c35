import type { Json } from '#lib/changes/change.ts';
import type { RecordPage } from '#lib/changes/record-page.ts';

/**
 * Rows as they were written before ADR 0165, and lie on devices until something in them changes:
 * heads stood with their fields and named their change by its place.
 */
type EarlierRecord = [
  id: string,
  kind: string,
  changes: (string | [id: string, time: number, author: number])[],
  fields: Record<string, [change: number, value: Json, sees?: readonly string[]][]>,
  sound?: 1,
];
export type EarlierPage = [texts: readonly string[], records: EarlierRecord[]];

/** The same as a page of today, and the places of those that are doubtful. */
export function pageOfToday([texts, records]: EarlierPage): [...RecordPage, doubtful: number[]] {
  type Changes = RecordPage[1][number][2];
  const today = records.map(([id, kind, earlier, fields]): RecordPage[1][number] => {
    const changes = earlier.map((one): Changes[number] =>
      typeof one === 'string' ? one : [...one, {}],
    );
    for (const [field, heads] of Object.entries(fields)) {
      for (const [at, value, sees] of heads) {
        const change = changes[at];
        if (typeof change !== 'object') throw new Error('a change that is not there');
        change[3][field] = value;
        if (sees) change[4] = sees;
      }
    }
    return [id, kind, changes];
  });
  const doubtful = records.flatMap(([, , , , sound], place) => (sound === 1 ? [] : [place]));
  return [texts, today, doubtful];
}
