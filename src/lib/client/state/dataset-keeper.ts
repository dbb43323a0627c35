import { DELETED, MERGED_INTO } from '#lib/changes/change.ts';
import { conflictsOf, differingHeads, fieldValue, type RecordState } from '#lib/changes/fold.ts';
import { liveRecords, type LiveRecord } from '#lib/changes/live-records.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { emptyDataset, readRecord } from '#lib/domain/records/read-record.ts';
import { isRecordKind, type RecordKind } from '#lib/domain/records/registry.ts';
import type { Conflict } from './records-api.ts';

type Built = ReturnType<typeof emptyDataset>;

/**
 * The live records of an operation as the indicators read them, kept up to date: after a save only
 * what it touched is read again, and every change makes a new `Dataset` that shares the rest.
 */
export class DatasetKeeper {
  readonly #states: ReadonlyMap<string, RecordState>;
  readonly #doubtful: ReadonlySet<string>;
  #dataset: Built | undefined;
  readonly #changed = new Set<string>();

  /** `doubtful`: records whose values were not read by the schemas yet. */
  constructor(states: ReadonlyMap<string, RecordState>, doubtful: ReadonlySet<string>) {
    this.#states = states;
    this.#doubtful = doubtful;
  }

  noteChanged(ids: readonly string[]): void {
    for (const id of ids) this.#changed.add(id);
  }

  dataset(): Dataset {
    if (this.#dataset && this.#changed.size === 0) return this.#dataset;
    const changed = [...this.#changed].flatMap((id) => this.#states.get(id) ?? []);
    this.#changed.clear();
    const isLocal = this.#dataset && changed.length < 2_000 && !changed.some(reachesOthers);
    this.#dataset = isLocal ? this.#patched(this.#dataset as Built, changed) : this.#rebuilt();
    return this.#dataset;
  }

  #rebuilt(): Built {
    const dataset = emptyDataset();
    for (const record of liveRecords(this.#states)) this.#put(dataset, record);
    return dataset;
  }

  #patched(before: Built, changed: readonly RecordState[]): Built {
    const dataset: Built = { ...before };
    const kinds = new Set(changed.map((state) => state.kind).filter(isRecordKind));
    for (const kind of kinds) copyKind(dataset, kind);
    for (const { id, kind } of changed) if (isRecordKind(kind)) dataset[kind].delete(id);
    for (const record of liveRecords(new Window(this.#states, changed))) this.#put(dataset, record);
    return dataset;
  }

  #put(dataset: Built, { id, kind, values }: LiveRecord): void {
    if (!isRecordKind(kind)) return;
    const live = dataset[kind] as Map<string, unknown>;
    if (!this.#doubtful.has(id)) {
      live.set(id, { id, ...values });
      return;
    }
    const read = readRecord(kind, id, values);
    if (read.ok) live.set(id, read.value.record);
  }
}

/** Whether the state of one record decides about others: deleted, merged, or emptied. */
function reachesOthers(state: RecordState): boolean {
  return DELETED in state.fields || MERGED_INTO in state.fields || state.seen.size === 0;
}

function copyKind<K extends RecordKind>(dataset: Built, kind: K): void {
  dataset[kind] = new Map(dataset[kind]) as Built[K];
}

/** All states to look up, and only some of them to go through. */
class Window extends Map<string, RecordState> {
  readonly #all: ReadonlyMap<string, RecordState>;

  constructor(all: ReadonlyMap<string, RecordState>, some: readonly RecordState[]) {
    super(some.map((state) => [state.id, state]));
    this.#all = all;
  }

  override get(id: string): RecordState | undefined {
    return this.#all.get(id);
  }
}

/** Every field with several values that nobody settled yet. */
export function allConflicts(states: ReadonlyMap<string, RecordState>): Conflict[] {
  const conflicts: Conflict[] = [];
  for (const state of states.values()) {
    const isSuspect = Object.values(state.fields).some((heads) => heads.length > 1);
    if (!isSuspect && !(DELETED in state.fields)) continue;
    for (const field of conflictsOf(state)) {
      conflicts.push({
        record: state.id,
        kind: state.kind,
        field,
        shown: fieldValue(state, field) ?? null,
        values: differingHeads(state, field).map((heads) => ({
          value: heads[0]?.value ?? null,
          changes: heads.map((head) => head.change),
        })),
      });
    }
  }
  return conflicts;
}
