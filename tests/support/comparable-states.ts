import type { RecordState } from '#lib/changes/fold.ts';

/** A record as two sides have to agree on it: in which order they heard of its changes is theirs. */
export const comparable = (state: RecordState): RecordState => ({
  ...state,
  seen: [...state.seen].sort(),
});

/** The same of all records that somebody has. */
export const comparableAll = (states: ReadonlyMap<string, RecordState>): Map<string, RecordState> =>
  new Map([...states].map(([id, state]) => [id, comparable(state)]));
