import { randomId } from '#lib/crypto/random.ts';
import { DELETED, type Json, MERGED_INTO } from '#lib/changes/change.ts';
import { headsByField } from '#lib/changes/edit.ts';
import { deletionOf, type RecordState, valuesOf } from '#lib/changes/fold.ts';
import { standing } from '#lib/changes/live-records.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import type { RecordKind } from '#lib/domain/records/registry.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import type { RecordStore } from '../db/record-store.ts';
import { DatasetKeeper } from './dataset-keeper.ts';
import type { Conflict, HeadsByField, RecordEdit, Saved, SaveError } from './records-api.ts';
import { saveEdits, saveGroups, type Author } from './save-edits.ts';
import type { PlannedUndo } from './plan-undo.ts';

/** What is done around saving. */
export interface SaveHooks {
  /** Something new waits to be sent. */
  readonly onSaved?: () => void;
  /** The storage is full: lets go of what can be had again, before the save is tried once more. */
  readonly makeRoom?: () => Promise<void>;
}

/** So many changes are imported in one transaction; between them the screen gets its turn. */
const IMPORT_STEP = 400;

type RecordOfKind = Pick<RecordEdit, 'kind' | 'id'>;

/** The opened records, for the screens: what they read follows every change by itself. */
export class Records {
  /** Grows with every applied change, own or received. */
  revision = $state(0);
  readonly #store: RecordStore;
  readonly #author: Author;
  readonly #keeper: DatasetKeeper;
  readonly #hooks: SaveHooks;

  constructor(store: RecordStore, author: Author, hooks: SaveHooks = {}) {
    this.#store = store;
    this.#author = author;
    this.#hooks = hooks;
    this.#keeper = new DatasetKeeper(store.states, store.doubtful);
    store.onChange((changed) => {
      this.#keeper.noteChanged(changed);
      this.revision += 1;
    });
  }

  /** All live records of the operation by kind. */
  get dataset(): Dataset {
    void this.revision;
    return this.#keeper.dataset();
  }

  readonly #conflicts = $derived.by(() => {
    void this.revision;
    return this.#keeper.conflicts();
  });

  /** Fields that people gave different values and nobody settled. */
  get conflicts(): readonly Conflict[] {
    return this.#conflicts;
  }

  /** The merged state of one record, with its heads. */
  state(id: string): RecordState | undefined {
    void this.revision;
    return this.#store.states.get(id);
  }

  /** What stands in each field of a record now; undefined where the record is not here. */
  headsOf(id: string): HeadsByField | undefined {
    const state = this.state(id);
    return state && headsByField(state);
  }

  /** Ids of the records that were merged into this one, at any distance. */
  mergedInto(id: string): readonly string[] {
    void this.revision;
    const { states } = this.#store;
    return [...states.values()].flatMap((state) =>
      MERGED_INTO in state.fields && state.id !== id && standing(states, state.id) === id
        ? [state.id]
        : [],
    );
  }

  /**
   * Ids of deleted records of these kinds that name one of these: a history tells of them too, and
   * brings them back.
   */
  deletedAbout(kinds: readonly RecordKind[], about: readonly string[]): readonly RecordOfKind[] {
    void this.revision;
    const names = (value: Json | undefined): boolean =>
      [value ?? []].flat().some((id) => typeof id === 'string' && about.includes(id));
    return [...this.#store.states.values()].flatMap((state) => {
      const kind = kinds.find((one) => one === state.kind);
      if (!kind || !(DELETED in state.fields) || deletionOf(state) !== 'deleted') return [];
      return Object.values(valuesOf(state)).some(names) ? [{ kind, id: state.id }] : [];
    });
  }

  newId(): string {
    return randomId();
  }

  /** Saves what a person typed: when this answers with `ok`, it is on disk (S1). All or nothing. */
  async save(edits: readonly RecordEdit[]): Promise<Result<Saved, SaveError>> {
    if (edits.length > LIMITS.changesInGroup) {
      return err({ type: 'too_many', most: LIMITS.changesInGroup });
    }
    return this.#save(edits, undefined);
  }

  /**
   * Takes in many records as groups of one batch, step by step: `done` of `total` is told after
   * each. What has gone in stays in; run again, it adds only what is missing.
   */
  async importRecords(
    edits: readonly RecordEdit[],
    onprogress?: (done: number, total: number) => void,
  ): Promise<Result<Saved, SaveError>> {
    const batch = randomId();
    const groupIds: string[] = [];
    for (let at = 0; at < edits.length; at += IMPORT_STEP) {
      const saved = await this.#save(edits.slice(at, at + IMPORT_STEP), batch);
      if (saved.ok) groupIds.push(...saved.value.groupIds);
      else if (saved.error.type !== 'nothing_to_save') return saved;
      onprogress?.(Math.min(at + IMPORT_STEP, edits.length), edits.length);
    }
    return ok({ groupIds });
  }

  /** What takes a batch back, as `plan` finds it: code that logging does not load (ADR 0125). */
  planUndo(
    plan: (states: ReadonlyMap<string, RecordState>, author: Author) => PlannedUndo,
  ): PlannedUndo {
    return plan(this.#store.states, this.#author);
  }

  /** Saves some groups of an undoing, but for records that have moved since it was planned. */
  saveUndo(plan: PlannedUndo, from: number, to: number): Promise<Result<Saved, SaveError>> {
    return this.#saving(() =>
      saveGroups(this.#store, this.#author, (states) => plan.groups(states, from, to)),
    );
  }

  #save(
    edits: readonly RecordEdit[],
    batch: string | undefined,
  ): Promise<Result<Saved, SaveError>> {
    const deviceTime = new Date().toISOString();
    return this.#saving(() => saveEdits(this.#store, this.#author, edits, { batch, deviceTime }));
  }

  async #saving(save: () => Promise<Result<Saved, SaveError>>): Promise<Result<Saved, SaveError>> {
    const { makeRoom, onSaved } = this.#hooks;
    let saved = await save();
    if (!saved.ok && saved.error.type === 'storage_full' && makeRoom) {
      await makeRoom();
      saved = await save();
    }
    if (saved.ok) onSaved?.();
    return saved;
  }
}
