import { SET_FIELDS } from '#lib/domain/records/registry.ts';
import { undoingOf } from './batch.ts';
import { canonicalJson } from './canonical.ts';
import { CREATED, DELETED, type Change, type FieldEdit, type Json } from './change.ts';
import type { EditContext } from './edit.ts';
import { applyChange, deletionOf, headsOf, type Head, type RecordState } from './fold.ts';
import { namedIn } from './references.ts';

/** A change, and the batch that its group belongs to. */
export interface BatchedChange {
  readonly change: Change;
  readonly batch?: string | undefined;
}

/** A record that goes back to what it was before the batch, and the changes that take it there. */
export interface UndoneRecord {
  readonly kind: string;
  readonly record: string;
  readonly isDeleted: boolean;
  readonly changes: readonly Change[];
}

/** A record of the batch that stays as it is, or some fields of it that do. */
export interface KeptRecord {
  readonly kind: string;
  readonly record: string;
  /** Somebody changed it since; or what stays names it, hangs on it or was merged into it. */
  readonly because: 'edited' | 'used';
  /** Fields that were changed since; none where the batch made the record and all of it stays. */
  readonly fields: readonly string[];
}

export interface BatchUndo {
  readonly undone: readonly UndoneRecord[];
  readonly kept: readonly KeptRecord[];
}

/**
 * What takes a batch back. A field goes back to what it would be without the batch, as far as the
 * batch's value still stands; a record that the batch created is deleted, unless somebody changed
 * it since or what stays needs it. What others wrote stays a head wherever it is one. `known` holds
 * every change of the records that the batch touched, `states` all records. Where the batch is
 * undone already, nothing is left to do.
 */
export function undoBatch(
  known: Iterable<BatchedChange>,
  batch: string,
  states: ReadonlyMap<string, RecordState>,
  context: EditContext,
): BatchUndo {
  const touched = touchedRecords(known, batch, states);
  const kept: KeptRecord[] = [];
  const undone: UndoneRecord[] = [];
  const leaving = new Map<string, RecordState>();
  const after = new Map<string, RecordState>();
  for (const one of touched) {
    const { id: record, kind } = one.state;
    if (one.isCreated && (deletionOf(one.state) === 'deleted' || isAsLeft(one))) {
      leaving.set(record, one.state);
    } else if (one.isCreated) {
      kept.push({ kind, record, because: 'edited', fields: [] });
    } else if (!isDeletedByOthers(one)) {
      const { changes, state, edited } = restore(one, context);
      if (edited.length > 0) kept.push({ kind, record, because: 'edited', fields: edited });
      if (changes.length === 0) continue;
      undone.push({ kind, record, isDeleted: deletionOf(state) === 'deleted', changes });
      after.set(record, state);
    }
  }
  const used = usedOf(leaving, states, after);
  for (const state of leaving.values()) {
    const { id: record, kind } = state;
    if (deletionOf(state) === 'deleted') continue;
    if (used.has(record)) kept.push({ kind, record, because: 'used', fields: [] });
    else {
      const values = [{ [DELETED]: { value: true, base: headsOf(state) } }];
      undone.push({ kind, record, isDeleted: true, changes: changesOf(state, values, context) });
    }
  }
  return { undone, kept };
}

/** A record that the batch changed: how it stands, what the batch wrote of it, and what others did. */
interface Touched {
  readonly state: RecordState;
  readonly own: ReadonlyMap<string, Change>;
  readonly others: readonly Change[];
  /** Changes of the batch that takes this one back. */
  readonly undoing: ReadonlySet<string>;
  /** The batch made it, and nobody else says that he did. */
  readonly isCreated: boolean;
}

function touchedRecords(
  known: Iterable<BatchedChange>,
  batch: string,
  states: ReadonlyMap<string, RecordState>,
): Touched[] {
  const undoing = undoingOf(batch);
  const unique = new Map([...known].map((one) => [one.change.id, one]));
  const byRecord = Map.groupBy(unique.values(), ({ change }) => change.record);
  return [...byRecord].flatMap(([record, changes]): Touched[] => {
    const state = states.get(record);
    const own = changes.filter((one) => one.batch === batch).map(({ change }) => change);
    if (!state || own.length === 0) return [];
    const others = changes.filter((one) => one.batch !== batch).map(({ change }) => change);
    const creates = ({ fields }: Change): boolean => CREATED in fields;
    const taken = changes.filter((one) => one.batch === undoing).map(({ change }) => change.id);
    return [
      {
        state,
        own: new Map(own.map((change) => [change.id, change])),
        others,
        undoing: new Set(taken),
        isCreated: own.some(creates) && !others.some(creates),
      },
    ];
  });
}

/** Whether every field of a record that the batch made is as the batch left it. */
function isAsLeft({ state, own }: Touched): boolean {
  return Object.entries(state.fields).every(([field, heads]) => {
    if (field === CREATED) return true;
    // Brought back after an undoing, and never deleted, are the same; a quarrel about it is not.
    if (field === DELETED) return deletionOf(state) === 'live';
    const left = [...own.values()].flatMap(({ fields }) => fields[field] ?? []);
    const values = new Set(left.map(({ value }) => textOf(field, value)));
    if (values.size === 0) values.add('null');
    return heads.every(({ value }) => values.has(textOf(field, value)));
  });
}

/** What somebody deleted stays as he saw it: a change that he did not see would bring it back. */
const isDeletedByOthers = ({ state, own }: Touched): boolean =>
  deletionOf(state) === 'deleted' &&
  !(state.fields[DELETED] ?? []).some(({ change }) => own.has(change));

/** The fields of a record that was there before the batch go back, each by itself. */
function restore(
  touched: Touched,
  context: EditContext,
): { changes: readonly Change[]; state: RecordState; edited: readonly string[] } {
  const { state, own, undoing } = touched;
  const fields = new Set([...own.values()].flatMap((change) => Object.keys(change.fields)));
  fields.delete(CREATED);
  const edited: string[] = [];
  /** The first value of each field; where several stood side by side, further ones. */
  const rounds: Record<string, FieldEdit>[] = [];
  let isDeleting = false;
  for (const field of fields) {
    const heads = state.fields[field] ?? [];
    const ours = heads.filter((head) => own.has(head.change));
    if (ours.length === 0) {
      if (!heads.some((head) => undoing.has(head.change))) edited.push(field);
      continue;
    }
    const values = valuesWithout(field, heads, touched);
    const isDeletion = (value: Json): boolean => field === DELETED && value === true;
    isDeleting ||= values.some(isDeletion);
    const base = ours.map((head) => head.change);
    const plain = values.filter((value) => !isDeletion(value));
    plain.forEach((value, index) => ((rounds[index] ??= {})[field] = { value, base }));
  }
  const changes = changesOf(state, rounds, context);
  let then = changes.reduce(applied, state);
  if (isDeleting) {
    const [deletion] = changesOf(then, [deletionAgain(touched, fields, then)], context);
    if (deletion) {
      then = applied(then, deletion);
      changes.push(deletion);
    }
  }
  return { changes, state: then, edited: edited.sort() };
}

/**
 * A deletion that the batch had taken away. It comes by itself, and last, and hides what it hid
 * before, under whatever change that stands now; an edit that it did not see stays unseen.
 */
function deletionAgain(
  touched: Touched,
  fields: ReadonlySet<string>,
  then: RecordState,
): Record<string, FieldEdit> {
  const { state, own, undoing } = touched;
  const seen = new Set(
    standingWithout(DELETED, touched).flatMap((change) => change.fields[DELETED]?.base ?? []),
  );
  const putBack = [...fields].flatMap((field) =>
    field === DELETED ? [] : standingWithout(field, touched).map(({ id }) => id),
  );
  const sawAll = putBack.every((id) => seen.has(id));
  const isNew = (id: string): boolean => undoing.has(id) || !headsOf(state).includes(id);
  const taken = (state.fields[DELETED] ?? []).filter(({ change }) => own.has(change));
  const deletions = new Set((then.fields[DELETED] ?? []).map(({ change }) => change));
  const hidden = headsOf(then).filter(
    (id) => !deletions.has(id) && (seen.has(id) || (sawAll && isNew(id))),
  );
  const base = [...taken.map(({ change }) => change), ...hidden];
  return { [DELETED]: { value: true, base } };
}

/**
 * What a field would say without the batch, in new changes beside the heads of others: what only
 * the batch superseded; else what stands beside it anyway, so that the batch's value goes and no
 * other comes; else nothing.
 */
function valuesWithout(field: string, heads: readonly Head[], touched: Touched): Json[] {
  const beside = new Map<string, Json>();
  for (const { change, value } of heads) {
    if (!touched.own.has(change)) beside.set(textOf(field, value), value);
  }
  const back = new Map<string, Json>();
  for (const { fields } of standingWithout(field, touched)) {
    const value = fields[field]?.value ?? null;
    if (!beside.has(textOf(field, value))) back.set(textOf(field, value), value);
  }
  if (back.size > 0) return [...back.values()];
  const [stands] = beside.values();
  return [stands ?? (field === DELETED ? false : null)];
}

/** The changes that would be the heads of a field without the batch. */
function standingWithout(field: string, { own, others }: Touched): Change[] {
  const superseded = new Set<string>();
  for (const { fields } of others) {
    for (const id of fields[field]?.base ?? []) {
      if (!own.has(id)) superseded.add(id);
      else for (const before of beyond(id, field, own)) superseded.add(before);
    }
  }
  return others.filter(({ id, fields }) => fields[field] && !superseded.has(id));
}

/** What a change of the batch superseded, and not by way of the batch itself. */
function beyond(id: string, field: string, own: ReadonlyMap<string, Change>): string[] {
  const found: string[] = [];
  const seen = new Set([id]);
  const next = [id];
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    const change = own.get(at);
    if (!change) found.push(at);
    for (const before of change?.fields[field]?.base ?? []) {
      if (!seen.has(before)) next.push(before);
      seen.add(before);
    }
  }
  return found;
}

/** Which of the leaving records are named by what stays, directly or by way of another that stays. */
function usedOf(
  leaving: ReadonlyMap<string, RecordState>,
  states: ReadonlyMap<string, RecordState>,
  after: ReadonlyMap<string, RecordState>,
): Set<string> {
  const used = new Set<string>();
  const next: RecordState[] = [];
  for (const state of states.values()) {
    const then = after.get(state.id) ?? state;
    if (!leaving.has(state.id) && deletionOf(then) !== 'deleted') next.push(then);
  }
  for (let state = next.pop(); state; state = next.pop()) {
    for (const [field, heads] of Object.entries(state.fields)) {
      for (const id of heads.flatMap(({ value }) => namedIn(field, value))) {
        const named = leaving.get(id);
        if (!named || used.has(id) || deletionOf(named) === 'deleted') continue;
        used.add(id);
        next.push(named);
      }
    }
  }
  return used;
}

function changesOf(
  { id: record, kind }: RecordState,
  rounds: readonly Readonly<Record<string, FieldEdit>>[],
  context: EditContext,
): Change[] {
  const { operation, author, deviceTime, schema, newId } = context;
  return rounds.map((fields) => {
    return { id: newId(), operation, kind, record, fields, deviceTime, author, schema };
  });
}

function applied(state: RecordState, change: Change): RecordState {
  const result = applyChange(state, change);
  if (!result.ok) throw new Error('an undoing builds on what is not there');
  return result.value;
}

const textOf = (field: string, value: Json): string => canonicalJson(value, SET_FIELDS.has(field));
