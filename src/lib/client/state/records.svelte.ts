import { concatBytes } from '#lib/crypto/encoding.ts';
import { randomId } from '#lib/crypto/random.ts';
import { SIGNATURE_BYTES } from '#lib/crypto/signatures.ts';
import type { Group } from '#lib/changes/change.ts';
import type { RecordState } from '#lib/changes/fold.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { encodeGroup } from '#lib/protocol/group-codec.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import { SCHEMA } from '#lib/protocol/paths.ts';
import type { OwnGroup } from '../db/group-rows.ts';
import type { RecordStore } from '../db/record-store.ts';
import { sealToServer, signGroup, type ServerKey } from '../sync/signed-groups.ts';
import { allConflicts, DatasetKeeper } from './dataset-keeper.ts';
import { groupsOfEdits, problemIn } from './groups-of-edits.ts';
import type { Conflict, RecordEdit, Saved, SaveError } from './records-api.ts';

/** Who signs, and to whom it goes; without keys (the example) nothing leaves this device. */
export interface Author {
  readonly operation: string;
  readonly member: string;
  readonly device: string;
  readonly keys?: { readonly signing: CryptoKey; readonly server: () => ServerKey } | undefined;
}

/** So many changes are imported in one transaction; between them the screen gets its turn. */
const IMPORT_STEP = 400;

/** The opened records, for the screens: what they read follows every change by itself. */
export class Records {
  /** Grows with every applied change, own or received. */
  revision = $state(0);
  readonly #store: RecordStore;
  readonly #author: Author;
  readonly #keeper: DatasetKeeper;
  readonly #onSaved: () => void;

  /** `onSaved`: something new waits to be sent. */
  constructor(store: RecordStore, author: Author, onSaved: () => void = () => undefined) {
    this.#store = store;
    this.#author = author;
    this.#onSaved = onSaved;
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
    return allConflicts(this.#store.states);
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

  async #save(
    edits: readonly RecordEdit[],
    batch: string | undefined,
  ): Promise<Result<Saved, SaveError>> {
    const problem = problemIn(edits);
    if (problem) return err(problem);
    const { operation, member, device } = this.#author;
    const context = {
      operation,
      device,
      batch,
      author: member,
      deviceTime: new Date().toISOString(),
      schema: SCHEMA,
      newId: randomId,
    };
    const committed = await this.#store.commit((states) =>
      Promise.all(groupsOfEdits(states, edits, context).map((group) => this.#signed(group))),
    );
    if (!committed.ok) {
      const { type, reason } = committed.error;
      return err(type === 'storage_full' ? { type } : { type, reason });
    }
    if (committed.value.length === 0) return err({ type: 'nothing_to_save' });
    this.#onSaved();
    return ok({ groupIds: committed.value });
  }

  async #signed(group: Group): Promise<OwnGroup> {
    const { keys } = this.#author;
    if (!keys) {
      return { group, signed: concatBytes(new Uint8Array(SIGNATURE_BYTES), encodeGroup(group)) };
    }
    const signed = await signGroup(group, keys.signing);
    return { group, signed, envelope: await sealToServer(signed, keys.server()) };
  }
}
