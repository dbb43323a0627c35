import { byCodeUnit } from '#lib/changes/canonical.ts';
import { DELETED, MERGED_INTO } from '#lib/changes/change.ts';
import { withDependents } from '#lib/changes/dependents.ts';
import { conflictsOf, differingHeads, fieldValue, type RecordState } from '#lib/changes/fold.ts';
import { liveRecords, type LiveRecord } from '#lib/changes/live-records.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { readRecord } from '#lib/domain/records/read-record.ts';
import { isRecordKind, RECORD_KINDS, type RecordKind } from '#lib/domain/records/registry.ts';
import { VersionedMap } from '#lib/domain/versioned-map.ts';
import type { Conflict } from './records-api.ts';

const KINDS = Object.keys(RECORD_KINDS) as RecordKind[];

type Versions = Record<RecordKind, VersionedMap<unknown>>;

/**
 * The live records of an operation as the indicators read them, kept up to date: after a save only
 * what it touched is read again. Every change makes a new `Dataset`, which shares with the one
 * before all that did not change: from that the indicators know what to compute again.
 */
export class DatasetKeeper {
  readonly #states: ReadonlyMap<string, RecordState>;
  readonly #doubtful: ReadonlySet<string>;
  #versions: Versions | undefined;
  readonly #changed = new Set<string>();
  /** Records that are not shown: deleted, merged, or hung on such. */
  readonly #hidden = new Set<string>();
  readonly #conflicts = new Map<string, readonly Conflict[]>();
  #allConflicts: readonly Conflict[] = [];

  /** `doubtful`: records whose values were not read by the schemas yet. */
  constructor(states: ReadonlyMap<string, RecordState>, doubtful: ReadonlySet<string>) {
    this.#states = states;
    this.#doubtful = doubtful;
  }

  noteChanged(ids: readonly string[]): void {
    for (const id of ids) this.#changed.add(id);
  }

  dataset(): Dataset {
    return this.#upToDate() as unknown as Dataset;
  }

  /**
   * Every field with several values that nobody settled yet, by record. Of a record that is not shown
   * only into which it was merged: to settle anything else of it would bring it back in part.
   */
  conflicts(): readonly Conflict[] {
    this.#upToDate();
    return this.#allConflicts;
  }

  #upToDate(): Versions {
    if (this.#versions && this.#changed.size === 0) return this.#versions;
    const changed = this.#versions ? [...this.#changed] : [...this.#states.keys()];
    this.#changed.clear();
    const isConflictNew = this.#noteConflicts(changed);
    let live = liveRecords(this.#versions ? new Window(this.#states, changed) : this.#states);
    let ids = new Set(changed);
    const reaching = this.#versions ? this.#reaching(changed, live) : [];
    if (reaching.length > 0) {
      ids = new Set([...changed, ...withDependents(this.#states, reaching)]);
      live = liveRecords(new Window(this.#states, ids));
    }
    this.#versions = this.#withRecords(this.#versions ?? noRecords(), ids, live);
    if (isConflictNew || [...ids].some((id) => this.#conflicts.has(id))) this.#listConflicts();
    return this.#versions;
  }

  /** Those that decide about others: they are not shown, or were not before. */
  #reaching(changed: readonly string[], live: readonly LiveRecord[]): readonly string[] {
    const shown = new Set(live.map(({ id }) => id));
    return changed.filter((id) => this.#hidden.has(id) || !shown.has(id));
  }

  #withRecords(before: Versions, ids: ReadonlySet<string>, live: readonly LiveRecord[]): Versions {
    const records = new Map(live.map((one) => [one.id, one]));
    const changes = new Map<RecordKind, [string, unknown][]>(KINDS.map((kind) => [kind, []]));
    for (const id of ids) {
      if (records.has(id)) this.#hidden.delete(id);
      else this.#hidden.add(id);
      for (const kind of KINDS) if (before[kind].has(id)) changes.get(kind)?.push([id, undefined]);
      const record = records.get(id);
      if (record && isRecordKind(record.kind)) {
        changes.get(record.kind)?.push([id, this.#valuesOf(record.kind, record)]);
      }
    }
    const after = { ...before };
    for (const [kind, entries] of changes) after[kind] = before[kind].withChanges(entries);
    return after;
  }

  #valuesOf(kind: RecordKind, { id, values }: LiveRecord): unknown {
    if (!this.#doubtful.has(id)) return { id, ...values };
    const read = readRecord(kind, id, values);
    return read.ok ? read.value.record : undefined;
  }

  /** Whether a conflict came, went or may have changed. */
  #noteConflicts(ids: Iterable<string>): boolean {
    let isChanged = false;
    for (const id of ids) {
      const state = this.#states.get(id);
      const found = state ? conflictsIn(state) : [];
      if (found.length === 0) isChanged = this.#conflicts.delete(id) || isChanged;
      else {
        this.#conflicts.set(id, found);
        isChanged = true;
      }
    }
    return isChanged;
  }

  #listConflicts(): void {
    this.#allConflicts = [...this.#conflicts]
      .sort(([a], [b]) => byCodeUnit(a, b))
      .flatMap(([, conflicts]) => conflicts)
      .filter(({ record, field }) => field === MERGED_INTO || !this.#hidden.has(record));
  }
}

function noRecords(): Versions {
  return Object.fromEntries(KINDS.map((kind) => [kind, VersionedMap.empty])) as unknown as Versions;
}

/** All states to look up, and only some of them to go through. */
class Window extends Map<string, RecordState> {
  readonly #all: ReadonlyMap<string, RecordState>;

  constructor(all: ReadonlyMap<string, RecordState>, ids: Iterable<string>) {
    super();
    for (const id of ids) {
      const state = all.get(id);
      if (state) this.set(id, state);
    }
    this.#all = all;
  }

  override get(id: string): RecordState | undefined {
    return this.#all.get(id);
  }
}

function conflictsIn(state: RecordState): Conflict[] {
  const isSuspect = Object.values(state.fields).some((heads) => heads.length > 1);
  if (!isSuspect && !(DELETED in state.fields)) return [];
  return conflictsOf(state).map((field) => ({
    record: state.id,
    kind: state.kind,
    field,
    shown: fieldValue(state, field) ?? null,
    values: differingHeads(state, field).map((heads) => ({
      value: heads[0]?.value ?? null,
      changes: heads.map((head) => head.change),
    })),
  }));
}
