import { undoingOf } from '#lib/changes/batch.ts';
import { SCHEMA, type Group } from '#lib/changes/change.ts';
import { type RecordState, valuesOf } from '#lib/changes/fold.ts';
import { type BatchedChange, type KeptRecord, undoBatch } from '#lib/changes/undo-batch.ts';
import { randomId } from '#lib/crypto/random.ts';
import { isRecordKind, type RecordKind } from '#lib/domain/records/registry.ts';
import { type BatchRecord, groupBatch } from '#lib/protocol/batch-groups.ts';
import type { Author } from './save-edits.ts';

/** What undoing an import would do, and the groups that do it, one after the other. */
export interface PlannedUndo {
  readonly deleted: number;
  readonly restored: number;
  readonly kept: readonly KeptRecord[];
  /** How many groups there are. */
  readonly total: number;
  /** Some of the groups, without the records that have changed since they were planned. */
  groups(states: ReadonlyMap<string, RecordState>, from: number, to: number): readonly Group[];
}

/** Plans the undoing of a batch; `known`: every change of the records that it touched. */
export function planUndo(
  states: ReadonlyMap<string, RecordState>,
  { operation, member, device }: Author,
  batch: string,
  known: readonly BatchedChange[],
  mayEdit: (kind: RecordKind) => boolean,
): PlannedUndo {
  const deviceTime = new Date().toISOString();
  const context = { operation, author: member, deviceTime, schema: SCHEMA, newId: randomId };
  const own = known.filter(({ change: { kind } }) => isRecordKind(kind) && mayEdit(kind));
  const { undone, kept } = undoBatch(own, batch, states, context);
  const records = new Map([...states.values()].flatMap((state) => recordOf(state)));
  const pairs = undone.flatMap(({ record, changes }) => {
    const of = records.get(record);
    return of ? changes.map((change) => [of, change] as const) : [];
  });
  const planned = new Map(undone.map(({ record }) => [record, states.get(record)]));
  const parts = groupBatch([...records.values()], pairs);
  const deleted = undone.filter((one) => one.isDeleted).length;
  return {
    deleted,
    restored: undone.length - deleted,
    kept,
    total: parts.length,
    groups: (now, from, to) =>
      parts.slice(from, to).flatMap(({ stream, changes }): Group[] => {
        const still = changes.filter(({ record }) => now.get(record) === planned.get(record));
        if (still.length === 0) return [];
        const id = randomId();
        return [{ id, operation, stream, device, batch: undoingOf(batch), changes: still }];
      }),
  };
}

function recordOf(state: RecordState): [string, BatchRecord][] {
  const { id, kind } = state;
  return isRecordKind(kind) ? [[id, { id, kind, values: valuesOf(state) }]] : [];
}
