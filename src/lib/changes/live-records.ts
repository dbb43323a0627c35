import { isRecordKind, kindOfRecord, REFERENCE_FIELDS } from '#lib/domain/records/registry.ts';
import type { Json } from './change.ts';
import { deletionOf, fieldValue, mergedInto, valuesOf, type RecordState } from './fold.ts';

export interface LiveRecord {
  readonly id: string;
  readonly kind: string;
  readonly values: Readonly<Record<string, Json>>;
}

/**
 * The records that are shown: neither deleted nor hung (at any depth) on a deleted one, nor merged
 * into another; what names a merged record, as its parent or otherwise, names the one that stands
 * (sync.md, Merge: children follow at fold), and a list that names it twice then names it once.
 * A ring of merges leaves the least id standing.
 */
export function liveRecords(states: ReadonlyMap<string, RecordState>): LiveRecord[] {
  const hidden = new Map<string, boolean>();
  const live: LiveRecord[] = [];
  for (const state of states.values()) {
    if (state.seen.length === 0) continue; // emptied: what made it was set aside, or left the device
    if (standing(states, state.id) !== state.id) continue;
    if (isHidden(states, state.id, hidden)) continue;
    const values = valuesOf(state);
    for (const [field, value] of Object.entries(values)) {
      values[field] = followedValue(states, field, value);
    }
    live.push({ id: state.id, kind: state.kind, values });
  }
  return live;
}

/** A value that names the records that stand for those it was written with. */
export function followedValue(
  states: ReadonlyMap<string, RecordState>,
  field: string,
  value: Json,
): Json {
  if (REFERENCE_FIELDS.has(field)) return followed(states, value);
  return field === 'sectors' ? followedSectors(states, value) : value;
}

function followed(states: ReadonlyMap<string, RecordState>, value: Json): Json {
  if (typeof value === 'string') return standing(states, value);
  if (!Array.isArray(value)) return value;
  const ids = value as readonly Json[];
  const standings = ids.map((id) => (typeof id === 'string' ? standing(states, id) : id));
  const isSame = standings.every((id, index) => id === ids[index]);
  return isSame ? value : [...new Set(standings)];
}

/** `CODE@locality id` follows the locality. */
function followedSectors(states: ReadonlyMap<string, RecordState>, value: Json): Json {
  if (!Array.isArray(value)) return value;
  const codes = value as readonly Json[];
  const standings = codes.map((code) => {
    const at = typeof code === 'string' ? code.indexOf('@') : -1;
    if (typeof code !== 'string' || at < 0) return code;
    return `${code.slice(0, at + 1)}${standing(states, code.slice(at + 1).trim())}`;
  });
  return [...new Set(standings)];
}

/** The id of the record that stands for this one after merges. */
export function standing(states: ReadonlyMap<string, RecordState>, id: string): string {
  const first = states.get(id);
  if (!first || mergedInto(first) === undefined) return id;
  const path: string[] = [];
  let at = id;
  while (!path.includes(at)) {
    path.push(at);
    const state = states.get(at);
    const next = state ? mergedInto(state) : undefined;
    if (next === undefined || next === at) return at;
    at = next;
  }
  const ring = path.slice(path.indexOf(at));
  return ring.reduce((least, other) => (other < least ? other : least));
}

function isHidden(
  states: ReadonlyMap<string, RecordState>,
  id: string,
  known: Map<string, boolean>,
): boolean {
  const before = known.get(id);
  if (before !== undefined) return before;
  known.set(id, false); // a ring of parents hides nothing
  const state = states.get(id);
  if (!state) return false;
  let result = deletionOf(state) === 'deleted';
  if (!result) {
    const parent = parentField(state);
    const parentId = parent ? fieldValue(state, parent) : undefined;
    if (typeof parentId === 'string') {
      result = isHidden(states, standing(states, parentId), known);
    }
  }
  known.set(id, result);
  return result;
}

function parentField(state: RecordState): string | undefined {
  return isRecordKind(state.kind) ? kindOfRecord(state.kind).parent : undefined;
}
