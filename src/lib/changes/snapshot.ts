import { byCodeUnit } from './canonical.ts';
import { hasSeen, idPrefix, type Head, type RecordState } from './fold.ts';

/**
 * The state as a snapshot keeps it: its heads whole, and of what they superseded only as much of
 * the ids as it takes to know them again. Whatever is applied later gives the same heads (S5).
 */
export function snapshotOf(state: RecordState): RecordState {
  const heads = new Set(Object.values(state.fields).flatMap((all) => all.map((h) => h.change)));
  return { ...state, seen: state.seen.map((id) => (heads.has(id) ? id : idPrefix(id))) };
}

/**
 * One record as two sides know it, each from changes whose bases it had: what either of them
 * superseded is no head (S5). So a part of a snapshot can come twice, or beside what came by itself.
 */
export function mergeStates(one: RecordState, other: RecordState): RecordState {
  const fields: Record<string, readonly Head[]> = {};
  for (const field of new Set([...Object.keys(one.fields), ...Object.keys(other.fields)])) {
    const mine = one.fields[field] ?? [];
    const theirs = other.fields[field] ?? [];
    const inBoth = new Set(mine.map((head) => head.change));
    fields[field] = [
      ...mine.filter((head) => isHeadIn(theirs, head) || !hasSeen(other, head.change)),
      ...theirs.filter((head) => !inBoth.has(head.change) && !hasSeen(one, head.change)),
    ].sort((a, b) => byCodeUnit(a.change, b.change));
  }
  const all = new Set([...one.seen, ...other.seen]);
  const whole = new Set([...all].filter((id) => idPrefix(id) !== id).map(idPrefix));
  const seen = [...all].filter((id) => !whole.has(id));
  const kind = byCodeUnit(one.kind, other.kind) < 0 ? one.kind : other.kind;
  return { id: one.id, kind, fields, seen };
}

const isHeadIn = (heads: readonly Head[], head: Head): boolean =>
  heads.some((one) => one.change === head.change);
