import { err, ok, type Result } from '#lib/domain/result.ts';
import { SET_FIELDS } from '#lib/domain/records/registry.ts';
import { byCodeUnit, canonicalJson } from './canonical.ts';
import { DELETED, MERGED_INTO, type Change, type Json } from './change.ts';

/** A change to a field that no other change names in that field's base. */
export interface Head {
  readonly change: string;
  readonly value: Json;
  readonly deviceTime: string;
  readonly author: string;
  /** Of a deletion: the heads of the whole record that its author saw. */
  readonly sees?: readonly string[];
}

/** What is known of one record: per field its heads, ordered by change id. */
export interface RecordState {
  readonly id: string;
  readonly kind: string;
  readonly fields: Readonly<Record<string, readonly Head[]>>;
  /**
   * Ids of all changes of this record that were applied, each once: a change counts once (S5). Of
   * changes that a snapshot had superseded already, only the beginnings (`hasSeen`). Most records
   * have a few: a list of them takes a fraction of a set's memory.
   */
  readonly seen: readonly string[];
}

/** Characters of an id that tell it from every other of its record: 66 of 128 random bits. */
const PREFIX = 11;

/** How a snapshot names a change that was superseded before it. */
export const idPrefix = (change: string): string => change.slice(0, PREFIX);

/** Whether a change was applied to this record, here or before the snapshot that it came from. */
export function hasSeen(state: RecordState, change: string): boolean {
  return state.seen.includes(change) || state.seen.includes(idPrefix(change));
}

/** S9: a change whose base is not here yet is held; it never makes a false head. */
export interface BaseMissing {
  readonly type: 'base_missing';
  readonly change: string;
  readonly missing: readonly string[];
}

/** Ids that the change builds on and that have not been applied to its record. */
export function missingBases(state: RecordState | undefined, change: Change): string[] {
  let missing: Set<string> | undefined;
  for (const { base } of Object.values(change.fields)) {
    for (const id of base) {
      if (!state || !hasSeen(state, id)) (missing ??= new Set()).add(id);
    }
  }
  return missing ? [...missing] : [];
}

/**
 * One change applied to the state of its record (sync.md, Merge; S5). A change that was applied
 * before changes nothing. What it names in a field's base stops being a head of that field; a
 * deletion supersedes nothing but earlier deletions, so an edit it did not see stays in sight.
 */
export function applyChange(
  state: RecordState | undefined,
  change: Change,
): Result<RecordState, BaseMissing> {
  if (state && hasSeen(state, change.id)) return ok(state);
  const missing = missingBases(state, change);
  if (missing.length > 0) return err({ type: 'base_missing', change: change.id, missing });

  const fields: Record<string, readonly Head[]> = { ...state?.fields };
  for (const [field, edit] of Object.entries(change.fields)) {
    const head: Head = {
      change: change.id,
      value: edit.value,
      deviceTime: change.deviceTime,
      author: change.author,
      ...(field === DELETED ? { sees: edit.base } : {}),
    };
    const left = state ? headsLeft(state, field, edit.base) : [];
    left.push(head);
    fields[field] = left.length === 1 ? left : left.sort((a, b) => byCodeUnit(a.change, b.change));
  }
  const seen = [...(state?.seen ?? []), change.id];
  // No side accepts a record of two kinds; were there one, it is the same one everywhere.
  const kind = state && byCodeUnit(state.kind, change.kind) < 0 ? state.kind : change.kind;
  return ok({ id: change.record, kind, fields, seen });
}

/** The heads of a field that a change with this base leaves standing. */
function headsLeft(state: RecordState, field: string, base: readonly string[]): Head[] {
  if (!Object.hasOwn(state.fields, field)) return [];
  const superseded = new Set(base);
  return (state.fields[field] ?? []).filter((head) => !superseded.has(head.change));
}

/** The value shown of a field: of several heads the greatest canonical value, on every side alike. */
export function fieldValue(state: RecordState, field: string): Json | undefined {
  const heads = state.fields[field];
  if (!heads || heads.length === 0) return undefined;
  let shown = heads[0] as Head;
  if (heads.length === 1) return shown.value;
  let text = canonicalOf(field, shown.value);
  for (const head of heads.slice(1)) {
    const other = canonicalOf(field, head.value);
    if (byCodeUnit(other, text) > 0) [shown, text] = [head, other];
  }
  return shown.value;
}

/** The different values that a field's heads give, each with its heads; one entry is no conflict. */
export function differingHeads(state: RecordState, field: string): Head[][] {
  const heads = state.fields[field] ?? [];
  if (heads.length === 1) return [[...heads]];
  const byValue = new Map<string, Head[]>();
  for (const head of heads) {
    const key = canonicalOf(field, head.value);
    byValue.set(key, [...(byValue.get(key) ?? []), head]);
  }
  return [...byValue.values()];
}

/**
 * Fields whose heads differ, and `_deleted` where a deletion did not see a live edit: a record
 * that is in conflict with its own deletion stays visible until a person settles it.
 */
export function conflictsOf(state: RecordState): string[] {
  const conflicts = Object.keys(state.fields).filter(
    (field) => field !== DELETED && differingHeads(state, field).length > 1,
  );
  if (deletionOf(state) === 'disputed') conflicts.push(DELETED);
  return conflicts.sort(byCodeUnit);
}

/** Whether the record is live, deleted, or deleted by somebody who had not seen all of it. */
export function deletionOf(state: RecordState): 'live' | 'deleted' | 'disputed' {
  const deletions = (state.fields[DELETED] ?? []).filter((head) => head.value === true);
  if (deletions.length === 0) return 'live';
  if (differingHeads(state, DELETED).length > 1) return 'disputed';
  const seen = new Set(deletions.flatMap((head) => head.sees ?? []));
  for (const [field, heads] of Object.entries(state.fields)) {
    if (field === DELETED) continue;
    if (heads.some((head) => !seen.has(head.change))) return 'disputed';
  }
  return 'deleted';
}

/** The id this record was merged into, or undefined. */
export function mergedInto(state: RecordState): string | undefined {
  const value = fieldValue(state, MERGED_INTO);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Ids of all heads of the record: what a deletion names as its base. */
export function headsOf(state: RecordState): string[] {
  const ids = new Set(Object.values(state.fields).flatMap((heads) => heads.map((h) => h.change)));
  return [...ids].sort(byCodeUnit);
}

/** Fields that say something of the life of a record, not of the record itself. */
export const isReserved = (field: string): boolean => field.startsWith('_');

/** The others: what the record itself says. */
export const shownFields = (state: RecordState): string[] =>
  Object.keys(state.fields).filter((field) => !isReserved(field));

/** The shown values of all fields but the reserved ones. */
export function valuesOf(state: RecordState): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const field of shownFields(state)) {
    const value = fieldValue(state, field);
    if (value !== undefined && value !== null) values[field] = value;
  }
  return values;
}

function canonicalOf(field: string, value: Json): string {
  return canonicalJson(value, SET_FIELDS.has(field));
}
