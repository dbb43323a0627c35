import type { Change, Group, Json, Stream } from '#lib/changes/change.ts';
import { editRecord, type EditContext } from '#lib/changes/edit.ts';
import { isReserved, type RecordState } from '#lib/changes/fold.ts';
import { kindOfRecord } from '#lib/domain/records/registry.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import * as v from 'valibot';
import type { RecordEdit, SaveError } from './records-api.ts';

export interface GroupContext extends EditContext {
  readonly device: string;
  readonly batch?: string | undefined;
}

/**
 * The first value that the record cannot hold, if there is one. One that is too long for an envelope
 * would be refused with everything that is sent with it, for ever.
 */
export function problemIn(edits: readonly RecordEdit[]): SaveError | undefined {
  for (const { kind, id, values } of edits) {
    const { fields } = kindOfRecord(kind);
    for (const [field, value] of Object.entries(values)) {
      if (value === undefined || value === null || isReserved(field)) continue;
      const schema = Object.hasOwn(fields, field) ? fields[field] : undefined;
      if (!schema || !v.is(schema, value) || bytesOf(value) > LIMITS.valueBytes) {
        return { type: 'invalid', record: id, field };
      }
    }
  }
  return undefined;
}

const bytesOf = (value: Json): number => new TextEncoder().encode(JSON.stringify(value)).length;

/**
 * Edits to the groups that carry them: what is need-to-know in a group of `movements`, everything
 * else in one of `log`. Edits that change nothing make no change, and no group.
 */
export function groupsOfEdits(
  states: ReadonlyMap<string, RecordState>,
  edits: readonly RecordEdit[],
  context: GroupContext,
): Group[] {
  const byStream: Record<Stream, Change[]> = { log: [], movements: [] };
  for (const { kind, id, values, seen } of joined(edits)) {
    const change = editRecord(states.get(id), kind, id, values, context, seen);
    if (!change) continue;
    byStream[kindOfRecord(kind).stream === 'movements' ? 'movements' : 'log'].push(change);
  }
  const groups: Group[] = [];
  // What is said of the road goes first: a convoy that reached the server alone might be let go.
  for (const stream of ['movements', 'log'] as const) {
    for (const changes of portions(byStream[stream])) {
      groups.push({
        id: context.newId(),
        operation: context.operation,
        stream,
        device: context.device,
        ...(context.batch === undefined ? {} : { batch: context.batch }),
        changes,
      });
    }
  }
  return groups;
}

/** Two edits of one record in one save are one change: the later value of a field counts. */
function joined(edits: readonly RecordEdit[]): RecordEdit[] {
  const byRecord = new Map<string, RecordEdit>();
  for (const edit of edits) {
    const before = byRecord.get(edit.id);
    byRecord.set(
      edit.id,
      before ? { ...before, ...edit, values: { ...before.values, ...edit.values } } : edit,
    );
  }
  return [...byRecord.values()];
}

/** As many changes as one group may hold, by number and by size. */
function portions(changes: readonly Change[]): Change[][] {
  const most = LIMITS.groupBytes / 4;
  const all: Change[][] = [];
  let size = Infinity;
  for (const change of changes) {
    const bytes = roughSize(change.fields as unknown as Json);
    const last = all.at(-1);
    if (!last || last.length >= LIMITS.changesInGroup || size + bytes > most) {
      all.push([change]);
      size = bytes;
    } else {
      last.push(change);
      size += bytes;
    }
  }
  return all;
}

const roughSize = (value: Json): number => 100 + JSON.stringify(value).length;
