import { isUndoing, undoingOf } from './batch.ts';
import type { Change, Json } from './change.ts';
import type { BatchedChange } from './undo-batch.ts';

/** Every change of one record, for asking what imports said of it; `source`: the author in question. */
export interface SaidLog {
  readonly byId: ReadonlyMap<string, BatchedChange>;
  readonly source: string;
}

export function saidLog(known: readonly BatchedChange[], source: string): SaidLog {
  return { byId: new Map(known.map((one) => [one.change.id, one])), source };
}

const isImport = ({ batch }: BatchedChange): boolean => batch !== undefined && !isUndoing(batch);

/**
 * The changes with which the source last said something of a field: none that it said something
 * else after, and none that was taken back with its import. Several where two servers imported.
 */
export function lastSaid(field: string, log: SaidLog): readonly Change[] {
  const own = [...log.byId.values()].filter(
    (one) => isImport(one) && one.change.author === log.source && field in one.change.fields,
  );
  if (own.length === 0) return [];
  const standing = own.filter((one) => stands(one, field, log)).map(({ change }) => change);
  const replaced = new Set(standing.flatMap((change) => [...behind(change, field, log)]));
  return standing.filter(({ id }) => !replaced.has(id));
}

/** Every value that a field was ever given, but for what was taken back with its import. */
export function everWritten(field: string, log: SaidLog): readonly Json[] {
  return [...log.byId.values()].flatMap((one) => {
    const edit = one.change.fields[field];
    return edit && stands(one, field, log) ? [edit.value] : [];
  });
}

/** Whether an import brought what a value has, and did not only carry it on. */
export function isBroughtByImport(
  field: string,
  has: (value: Json) => boolean,
  log: SaidLog,
): boolean {
  return [...log.byId.values()].some((one) => {
    const edit = isImport(one) ? one.change.fields[field] : undefined;
    const replaced = (edit?.base ?? []).map((id) => log.byId.get(id)?.change.fields[field]?.value);
    return edit && has(edit.value) && !replaced.some((value) => value !== undefined && has(value));
  });
}

/**
 * The values that a head took the place of since these changes were made: whoever wrote it knew
 * them, and a file that says one of them again says nothing new.
 */
export function leftBehind(
  head: string,
  since: readonly Change[],
  field: string,
  log: SaidLog,
): readonly Json[] {
  const at = log.byId.get(head);
  if (!at) return [];
  const before = new Set(since.flatMap((change) => [...behind(change, field, log)]));
  return [...behind(at.change, field, log)].flatMap((id) => {
    const one = log.byId.get(id);
    const edit = one?.change.fields[field];
    return one && edit && !before.has(id) && stands(one, field, log) ? [edit.value] : [];
  });
}

/** Every value that an import ever gave a field. */
export function saidInField(field: string, log: SaidLog): readonly Json[] {
  return [...log.byId.values()].flatMap((one) => {
    const edit = isImport(one) ? one.change.fields[field] : undefined;
    return edit ? [edit.value] : [];
  });
}

/** Whether a change was not taken back, or was and came again. */
function stands({ change, batch }: BatchedChange, field: string, log: SaidLog): boolean {
  if (batch === undefined) return true;
  const undoing = undoingOf(batch);
  for (const one of log.byId.values()) {
    const isUndoingIt = one.batch === undoing && behind(one.change, field, log).has(change.id);
    if (isUndoingIt && stands(one, field, log)) return false;
  }
  return true;
}

/** Everything that a change of a field superseded, at any distance. */
function behind(change: Change, field: string, log: SaidLog): ReadonlySet<string> {
  const found = new Set<string>();
  const next = [...(change.fields[field]?.base ?? [])];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    next.push(...(log.byId.get(id)?.change.fields[field]?.base ?? []));
  }
  return found;
}
