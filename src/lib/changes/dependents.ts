import { isRecordKind, kindOfRecord } from '#lib/domain/records/registry.ts';
import type { Json } from './change.ts';
import { MERGED_INTO } from './change.ts';
import { fieldValue, type RecordState } from './fold.ts';
import { namedIn } from './references.ts';

/**
 * The records that are shown otherwise, or no more, or again, when some others were deleted,
 * brought back, merged or parted: what hangs on them at any depth, what was merged into them, and
 * what names one of these (see `liveRecords`). The records themselves are among them. It looks
 * through all records, once for each depth: this is rare.
 */
export function withDependents(
  states: ReadonlyMap<string, RecordState>,
  changed: Iterable<string>,
): ReadonlySet<string> {
  const found = new Set(changed);
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const state of states.values()) {
      if (!found.has(state.id) && hangsOn(state, found)) found.add(state.id);
    }
  }
  const naming = [...states.values()].filter((state) => names(state, found));
  for (const { id } of naming) found.add(id);
  return found;
}

function hangsOn(state: RecordState, ids: ReadonlySet<string>): boolean {
  const parent = isRecordKind(state.kind) ? kindOfRecord(state.kind).parent : undefined;
  return (
    isIn(parent && fieldValue(state, parent), ids) || isIn(fieldValue(state, MERGED_INTO), ids)
  );
}

function names(state: RecordState, ids: ReadonlySet<string>): boolean {
  return Object.keys(state.fields).some((field) => {
    const value = fieldValue(state, field);
    return value !== undefined && namedIn(field, value).some((id) => ids.has(id));
  });
}

const isIn = (id: Json | undefined, ids: ReadonlySet<string>): boolean =>
  typeof id === 'string' && ids.has(id);
