import { isReserved } from './fold.ts';
import { SET_FIELDS } from '#lib/domain/records/registry.ts';
import { byCodeUnit, canonicalJson } from './canonical.ts';
import { DELETED, MERGED_INTO, type Change, type Json } from './change.ts';

/** A change, and what its group says of where it comes from. */
export interface KnownChange {
  readonly change: Change;
  readonly group: string;
  readonly device: string;
  readonly batch?: string | undefined;
}

/** One field of a change: what stood before, as its author saw it, and what stands since. */
export interface FieldStep {
  readonly field: string;
  /** The values it replaced, each once: several are a conflict that it settled; none, a new field. */
  readonly before: readonly Json[];
  readonly after: Json;
  /** Not all changes that it replaced are known here: `before` may lack a value. */
  readonly isPartial: boolean;
}

export type HistoryStep = 'created' | 'edited' | 'deleted' | 'restored' | 'merged' | 'unmerged';

/** What one change did to one record: who, when, on which device. */
export interface HistoryEntry extends KnownChange {
  readonly step: HistoryStep;
  readonly fields: readonly FieldStep[];
}

/**
 * The changes of some records in an order in which each follows what it builds on; of those that
 * know nothing of each other the earlier by its device's clock comes first, which may be wrong by
 * years and changes nothing but the order of the lines. Each change counts once.
 */
export function historyOf(known: Iterable<KnownChange>): HistoryEntry[] {
  const byId = new Map<string, KnownChange>();
  for (const one of known) byId.set(one.change.id, one);
  const begun = new Set<string>();
  return inOrder(byId).map((one) => {
    const isFirst = !begun.has(one.change.record);
    begun.add(one.change.record);
    const fields = Object.entries(one.change.fields)
      .filter(([field]) => !isReserved(field))
      .map(([field, edit]) => stepOf(field, edit, byId))
      .sort((a, b) => byCodeUnit(a.field, b.field));
    return { ...one, step: stepKindOf(one.change, isFirst), fields };
  });
}

function stepOf(
  field: string,
  { value, base }: Change['fields'][string],
  byId: ReadonlyMap<string, KnownChange>,
): FieldStep {
  const before = new Map<string, Json>();
  let isPartial = false;
  for (const id of base) {
    const replaced = byId.get(id)?.change.fields[field];
    if (replaced) before.set(canonicalJson(replaced.value, SET_FIELDS.has(field)), replaced.value);
    else isPartial = true;
  }
  return { field, before: [...before.values()], after: value, isPartial };
}

function stepKindOf({ fields }: Change, isFirst: boolean): HistoryStep {
  const deletion = fields[DELETED];
  if (deletion) return deletion.value === true ? 'deleted' : 'restored';
  const merge = fields[MERGED_INTO];
  if (merge) return typeof merge.value === 'string' && merge.value !== '' ? 'merged' : 'unmerged';
  return isFirst && basesOf(fields).length === 0 ? 'created' : 'edited';
}

const basesOf = (fields: Change['fields']): string[] =>
  Object.values(fields).flatMap(({ base }) => base);

function inOrder(byId: ReadonlyMap<string, KnownChange>): KnownChange[] {
  const waiting = [...byId.values()].sort(
    (a, b) =>
      byCodeUnit(a.change.deviceTime, b.change.deviceTime) || byCodeUnit(a.change.id, b.change.id),
  );
  const ordered: KnownChange[] = [];
  const done = new Set<string>();
  /** The changes that a change still waits for; a base that is not here is waited for by nobody. */
  const visit = (one: KnownChange): void => {
    if (done.has(one.change.id)) return;
    done.add(one.change.id);
    for (const id of basesOf(one.change.fields)) {
      const base = byId.get(id);
      if (base) visit(base);
    }
    ordered.push(one);
  };
  for (const one of waiting) visit(one);
  return ordered;
}
