import type { Stream } from '#lib/changes/change.ts';
import type { OperationRows } from '../store/operation-rows.ts';
import type { PublicationRow } from '../store/schema.ts';
import { pastWith } from './past.ts';

/**
 * The order in which groups become readable. The sequence comes from the operation's one counter
 * row, taken late in the transaction and held to its end: readers see a hole-free prefix in commit
 * order (S4), and nothing is ever taken back (S3).
 */
export interface Publication {
  /** Sequence of the last group published to a stream. */
  last(stream: Stream): number;
  publish(stream: Stream, group: { readonly id: string; readonly author: string }): void;
  /** Writes the rows that were not written yet, and the counter row. */
  save(): Promise<void>;
}

/** Takes the counter row: from here to the commit no other transaction of this operation publishes. */
export async function takeCounter(store: OperationRows): Promise<Publication> {
  const { operation } = store;
  const counter = await store.lockCounter();
  const next: Record<Stream, number> = { log: counter.log, movements: counter.movements };
  const past: Record<Stream, string> = { log: counter.logPast, movements: counter.movementsPast };
  let rows: PublicationRow[] = [];
  return {
    last: (stream) => next[stream],
    publish: (stream, { id, author }) => {
      next[stream] += 1;
      past[stream] = pastWith(past[stream], id);
      rows.push({ operation, stream, seq: next[stream], groupId: id, author, past: past[stream] });
    },
    save: async () => {
      if (rows.length === 0) return;
      await store.insert('publication', rows);
      rows = [];
      const pasts = { logPast: past.log, movementsPast: past.movements };
      await store.insert('counters', [{ operation, ...next, ...pasts }], ['operation']);
    },
  };
}
