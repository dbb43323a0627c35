import { foldGroups } from '#lib/changes/fold-changes.ts';
import type { RecordState } from '#lib/changes/fold.ts';
import type { Group, Stream } from '#lib/changes/change.ts';
import { encodeSnapshotPart } from '#lib/protocol/snapshot-codec.ts';
import type { Cursor } from '#lib/protocol/wire-values.ts';
import type { SnapshotRow } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { readGroups } from '../sync/stored-groups.ts';

export type Audience = SnapshotRow['audience'];

/** Which streams an audience reads whole. */
export const STREAMS_OF: Readonly<Record<Audience, readonly Stream[]>> = {
  log: ['log'],
  all: ['log', 'movements'],
};

/** Rows of the publication that are read at once. */
const PAGE = 400;
/** Characters that the heads of a part come to: about 50 KB as it is sent, seconds on a slow line. */
const PART_TEXT = 1024 * 1024;
/** Kinds without which nobody can log a convoy: they come first. */
const FIRST = ['operation', 'locality', 'organisation', 'accessStatus', 'population'];

export interface FoldedStreams {
  readonly cursors: Partial<Record<Stream, Cursor>>;
  readonly states: readonly RecordState[];
}

/**
 * The records of what an audience reads, folded up to these sequences, in an order that depends on
 * nothing but the publication.
 */
export async function foldStreams(
  db: Queries,
  operation: string,
  audience: Audience,
  until: Readonly<Record<Stream, number>>,
): Promise<FoldedStreams> {
  const groups = new Map<string, Group>();
  const cursors: Partial<Record<Stream, Cursor>> = {};
  for (const stream of STREAMS_OF[audience]) {
    let cursor: Cursor = { seq: 0, id: '' };
    while (cursor.seq < until[stream]) {
      const rows = await db
        .selectFrom('publication')
        .select(['seq', 'groupId', 'past'])
        .where('operation', '=', operation)
        .where('stream', '=', stream)
        .where('seq', '>', cursor.seq)
        .where('seq', '<=', until[stream])
        .orderBy('seq')
        .limit(PAGE)
        .execute();
      const last = rows.at(-1);
      if (!last) throw new Error('the publication has a hole'); // S4
      const ids = rows.map((row) => row.groupId).filter((id) => !groups.has(id));
      const read = await readGroups(db, operation, ids);
      for (const id of ids) groups.set(id, read.get(id) as Group);
      cursor = { seq: last.seq, id: last.past };
    }
    cursors[stream] = cursor;
  }
  const { records, held } = foldGroups(groups.values());
  if (held.length > 0) throw new Error('what is published builds on what is not'); // S9
  const states = [...records.values()].sort((a, b) => rankOf(a) - rankOf(b));
  return { cursors, states };
}

const rankOf = ({ kind }: RecordState): number => {
  const place = FIRST.indexOf(kind);
  return place < 0 ? FIRST.length : place;
};

/** The parts of a snapshot: their texts, with the number of records in each. */
export function* partsOf(
  states: readonly RecordState[],
): Generator<{ readonly text: string; readonly records: number }> {
  let chunk: RecordState[] = [];
  let weight = 0;
  for (const state of states) {
    const own = JSON.stringify(state.fields).length + state.seen.length * 12;
    if (chunk.length > 0 && weight + own > PART_TEXT) {
      yield { text: encodeSnapshotPart(chunk), records: chunk.length };
      [chunk, weight] = [[], 0];
    }
    chunk.push(state);
    weight += own;
  }
  if (chunk.length > 0) yield { text: encodeSnapshotPart(chunk), records: chunk.length };
}
