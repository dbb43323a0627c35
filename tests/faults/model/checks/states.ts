import { byCodeUnit } from '#lib/changes/canonical.ts';
import {
  conflictsOf,
  deletionOf,
  fieldValue,
  idPrefix,
  type RecordState,
} from '#lib/changes/fold.ts';

/** Records, heads and conflicts as texts by record: equal where everything that counts is equal. */
export function textsOf(states: ReadonlyMap<string, RecordState>): Map<string, string> {
  const texts = new Map<string, string>();
  for (const state of states.values()) {
    if (state.seen.length > 0) texts.set(state.id, textOf(state));
  }
  return texts;
}

function textOf(state: RecordState): string {
  const fields = Object.entries(state.fields)
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([field, heads]) => [field, fieldValue(state, field), heads]);
  // A snapshot names what it has superseded by beginnings alone.
  const seen = [...new Set([...state.seen].map(idPrefix))].sort(byCodeUnit);
  return JSON.stringify([state.kind, fields, seen, conflictsOf(state), deletionOf(state)]);
}

/** The first difference between two sides, in words; undefined where there is none. */
export function difference(
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): string | undefined {
  for (const [id, text] of one) {
    if (other.get(id) !== text) return `record ${id}:\n  ${text}\n  ${other.get(id) ?? 'nothing'}`;
  }
  for (const [id, text] of other) {
    if (!one.has(id)) return `record ${id}:\n  nothing\n  ${text}`;
  }
  return undefined;
}
