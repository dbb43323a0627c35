import { SET_FIELDS } from '#lib/domain/records/registry.ts';
import { isUndoing } from './batch.ts';
import { canonicalJson } from './canonical.ts';
import { DELETED, type Change, type FieldEdit, type Json } from './change.ts';
import { editRecord, type EditContext } from './edit.ts';
import { deletionOf, type Head, isReserved, type RecordState } from './fold.ts';
import { followedValue } from './live-records.ts';
import { mergedWith } from './import-merge.ts';
import { lastSaid, leftBehind, saidInField, type SaidLog, saidLog } from './said-by-imports.ts';
import type { BatchedChange } from './undo-batch.ts';

/** A record as a file gives it. */
export interface GivenRecord {
  readonly kind: string;
  readonly id: string;
  readonly values: Readonly<Record<string, Json | undefined>>;
}

/** What a coordinator says by importing at all: he looked at it. */
const SAID_BY_IMPORTING: ReadonlySet<string> = new Set(['verified']);

/**
 * The change that a record of a file makes, or none. Three values meet in a field: what this source
 * (the author) said last, what it says now, and what stands. What it says again is no news, whatever
 * people made of it since. News takes the place of what imports brought; beside what a person wrote
 * it stands as a conflict, for him to decide (ADR 0156). A record that only the undoing of an import
 * had deleted comes back. `known`: every change of the record; `states`: all records.
 */
export function importRecord(
  states: ReadonlyMap<string, RecordState>,
  known: readonly BatchedChange[],
  { kind, id, values }: GivenRecord,
  context: EditContext,
): Change | undefined {
  const state = states.get(id);
  if (!state) return editRecord(state, kind, id, values, context);
  const log = saidLog(known, context.author);
  const fields: Record<string, FieldEdit> = {};
  for (const [field, value] of Object.entries(values)) {
    if (value === undefined || isReserved(field)) continue;
    const textOf = (one: Json): string =>
      canonicalJson(followedValue(states, field, one), SET_FIELDS.has(field));
    const edit = newsOf(state, field, value, log, textOf);
    if (edit) fields[field] = edit;
  }
  const deletions = undoneBy(state, log);
  if (deletions.length > 0) fields[DELETED] = { value: false, base: deletions };
  if (Object.keys(fields).length === 0) return undefined;
  const { operation, author, deviceTime, schema, newId } = context;
  return { id: newId(), operation, kind, record: id, fields, deviceTime, author, schema };
}

function newsOf(
  state: RecordState,
  field: string,
  value: Json,
  log: SaidLog,
  textOf: (value: Json) => string,
): FieldEdit | undefined {
  const heads = state.fields[field] ?? [];
  if (heads.length === 0) return value === null ? undefined : { value, base: [] };
  const last = lastSaid(field, log);
  const said = last.map(({ fields }) => fields[field]?.value ?? null);
  const merged = mergedWith(state, field, value, log);
  if (merged === 'no_news') return undefined;
  const given = merged?.value ?? value;
  const text = textOf(given);
  if (heads.every((head) => textOf(head.value) === text)) return undefined;
  const isOld = heads.every(({ change, value: stands }) =>
    [stands, ...leftBehind(change, last, field, log)].some((one) => textOf(one) === text),
  );
  if (!merged && (isOld || said.some((one) => textOf(one) === text))) return undefined;
  const beside = heads.filter(
    (head) =>
      textOf(head.value) !== text && (merged?.loses || !isOfImport(head, field, log, textOf)),
  );
  const agrees = new Set(heads.map((head) => textOf(head.value))).size === 1;
  const isNoQuarrel = SAID_BY_IMPORTING.has(field) || (merged?.loses === false && agrees);
  const left = new Set(isNoQuarrel ? [] : beside.map(({ change }) => change));
  const seen = [...heads.map(({ change }) => change), ...last.map(({ id }) => id)];
  return { value: given, base: [...new Set(seen)].filter((id) => !left.has(id)) };
}

/** Whether a value that stands came by an import, or was put back by the undoing of one. */
function isOfImport(
  { change, value }: Head,
  field: string,
  log: SaidLog,
  textOf: (value: Json) => string,
): boolean {
  const batch = log.byId.get(change)?.batch;
  if (batch === undefined) return false;
  if (!isUndoing(batch) || value === null) return true;
  return saidInField(field, log).some((one) => textOf(one) === textOf(value));
}

/** The deletions of a record that only undoings of imports had deleted; none where a person did. */
function undoneBy(state: RecordState, log: SaidLog): string[] {
  if (deletionOf(state) !== 'deleted') return [];
  const deletions = (state.fields[DELETED] ?? []).map(({ change }) => change);
  const isUndone = deletions.every((id) => isUndoing(log.byId.get(id)?.batch ?? ''));
  return isUndone ? deletions : [];
}
