import { Dexie } from 'dexie';
import { SCHEMA, type Group } from '#lib/changes/change.ts';
import { applyGroup } from '#lib/changes/fold-changes.ts';
import type { RecordState } from '#lib/changes/fold.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Cipher } from './cipher.ts';
import type { DeviceDatabase } from './database.ts';
import { basesFor, putBases } from './bases.ts';
import { putOwnGroups, sealGroups, type OwnGroup } from './group-rows.ts';
import { Overlay } from './overlay.ts';
import {
  noHomes,
  openRowsAfter,
  putRows,
  schemaOfRows,
  sealStates,
  settleDoubts,
  settleHomes,
  type Homes,
  type SealedRows,
} from './record-rows.ts';
import { storageError, type StorageError } from './storage-error.ts';

/** Reads a signed group (signature, then bytes) as it was stored. */
export type ReadGroup = (signed: Uint8Array) => Group | undefined;

/** Told after every write here, and after taking over what was written elsewhere. */
export type Listener = (changed: readonly string[], where: 'here' | 'elsewhere') => void;

/** What is written beside the states, inside their transaction: IndexedDB calls and nothing else. */
export interface Write {
  readonly states: readonly RecordState[];
  /** Rows that are sealed already, where something else than single states is written. */
  readonly sealed?: SealedRows;
  readonly body: () => Promise<void>;
  /** Throws away all records of before: nothing but `states` is left. */
  readonly clears?: true;
  /** False: nobody is told yet; a later write of the same work tells of all. */
  readonly isTold?: boolean;
  /** What is true in memory once it is on disk. */
  readonly after?: () => void;
}

/** Ends a transaction because another tab was faster. */
class RevisionMismatch extends Error {}

const MOST_TRIES = 20;

/**
 * The records of one operation, opened in memory, and the only way to write them. Every write is
 * one transaction of records, groups, queue and counter together (S1). What another tab wrote
 * meanwhile shows in it as another revision: then the work is done again on top of that.
 */
export class RecordStore {
  readonly db: DeviceDatabase;
  readonly cipher: Cipher;
  readonly readGroup: ReadGroup;
  readonly states = new Map<string, RecordState>();
  /** Records that nothing may be computed from before the schemas have read their values. */
  readonly doubtful = new Set<string>();
  readonly homes: Homes = noHomes();
  /** Rows that could not be opened: their records can be folded again from the groups. */
  damaged = 0;
  #rev = -1;
  #schema: number = SCHEMA;
  #untold = new Set<string>();
  #isClosed = false;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #listeners = new Set<Listener>();

  constructor(db: DeviceDatabase, cipher: Cipher, readGroup: ReadGroup) {
    this.db = db;
    this.cipher = cipher;
    this.readGroup = readGroup;
    // Another tab deletes or upgrades it: what was opened here must not be written into a new one.
    db.on('versionchange', () => {
      this.#isClosed = true;
    });
  }

  /** Some records were folded by an older version, which may have known fewer fields. */
  get isOutdated(): boolean {
    return this.#schema < SCHEMA;
  }

  /** The revision that what is being prepared is written with. */
  get nextRevision(): number {
    return this.#rev + 1;
  }

  /** Opens what is stored, or what was stored since the last look (by another tab). */
  catchUp(): Promise<Result<null, StorageError>> {
    return this.inTurn(async () => {
      await this.#catchUp();
      return null;
    });
  }

  /** Ends the work under way, and lets go of the database and of everything opened. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#turn;
    this.abandon();
  }

  /** Lets go of all of it at once: what is under way fails, or is on disk already. */
  abandon(): void {
    this.#isClosed = true;
    this.#listeners.clear();
    this.db.close();
    this.states.clear();
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Saves what a person did. `build` makes signed groups from the states as they stand, and is
   * asked again when another tab wrote in between; without groups nothing is saved. All or nothing.
   */
  commit(
    build: (states: ReadonlyMap<string, RecordState>) => Promise<readonly OwnGroup[]>,
  ): Promise<Result<readonly string[], StorageError>> {
    return this.inTurn(() =>
      this.writing(async () => {
        const groups = await build(this.states);
        const overlay = new Overlay(this.states);
        for (const { group } of groups) {
          const applied = applyGroup(overlay, group);
          if (!applied) throw new Error('an own change builds on what this device does not have');
          for (const state of applied) overlay.set(state.id, state);
        }
        const sealed = await sealGroups(groups, this.cipher);
        const bases = await basesFor(
          this,
          groups.map(({ group }) => group),
        );
        const ids = groups.map(({ group }) => group.id);
        const write: Write = {
          states: [...overlay.values()],
          body: async () => {
            await putBases(this, bases);
            await putOwnGroups(this.db, sealed, this.nextRevision);
          },
        };
        return { result: ids, write: groups.length > 0 ? write : undefined };
      }),
    );
  }

  /**
   * Prepares and writes, again from the start where the revision moved. Preparing may await what
   * it likes; writing happens in one strict transaction.
   */
  async writing<T>(
    prepare: () => Promise<{ readonly result: T; readonly write: Write | undefined }>,
  ): Promise<T> {
    for (let tries = 0; ; tries++) {
      const { result, write } = await prepare();
      if (!write) return result;
      try {
        await this.#write(write);
        return result;
      } catch (thrown) {
        if (!(thrown instanceof RevisionMismatch) || tries >= MOST_TRIES) throw thrown;
        await this.#catchUp();
      }
    }
  }

  /** One piece of work after the other; errors of the storage come back as values. */
  inTurn<T>(work: () => Promise<T>): Promise<Result<T, StorageError>> {
    const turn = this.#turn.then(() => this.#reopening(work));
    this.#turn = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn.then(
      (value): Result<T, StorageError> => ok(value),
      (thrown: unknown): Result<T, StorageError> => err(storageError(thrown)),
    );
  }

  /** Some browsers close IndexedDB under a page that was hidden: open it and try once more. */
  async #reopening<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      const name = (thrown as { name?: unknown } | null)?.name;
      const isOpenable = name === 'DatabaseClosedError' || name === 'InvalidStateError';
      if (!isOpenable || this.#isClosed) throw thrown;
      if (!(await Dexie.exists(this.db.name))) throw thrown; // wiped by another tab
      this.db.close({ disableAutoOpen: false });
      await this.db.open();
      return await work();
    }
  }

  async #write({ states, body, after, clears, isTold = true, ...write }: Write): Promise<void> {
    const { db } = this;
    const homes = clears ? noHomes() : this.homes;
    const sealed = write.sealed ?? (await sealStates(states, homes, this.cipher));
    const rev = this.#rev;
    let schema: number = SCHEMA;
    await db.transaction(
      'rw',
      db.tables.filter((table) => table.name !== 'vault'),
      async () => {
        const at = await db.revision.get('revision');
        if ((at?.rev ?? 0) !== rev) throw new RevisionMismatch();
        if (clears) await Promise.all([db.pages.clear(), db.rows.clear()]);
        await putRows(db, sealed, rev + 1);
        await body();
        const cleared = clears ? { cleared: rev + 1 } : {};
        // An older page that still writes takes the mark down again: the next newer one folds anew.
        if (!clears) schema = Math.min(schemaOfRows(at), SCHEMA);
        await db.revision.put({ ...at, id: 'revision', rev: rev + 1, schema, ...cleared });
      },
    );
    this.#rev = rev + 1;
    this.#schema = schema;
    const changed = this.#untold;
    if (clears) for (const id of this.#empty()) changed.add(id);
    settleHomes(this.homes, sealed);
    settleDoubts(this.doubtful, sealed);
    after?.();
    for (const state of states) {
      this.states.set(state.id, state);
      changed.add(state.id);
    }
    if (!isTold) return;
    this.#untold = new Set();
    this.#tell([...changed], 'here');
  }

  /** Forgets all records, so that whoever built on them builds anew; which those were. */
  #empty(): string[] {
    for (const [id, state] of this.states) {
      this.states.set(id, { ...state, fields: {}, seen: [] });
    }
    this.homes.pageOf.clear();
    this.homes.rowOf.clear();
    this.doubtful.clear();
    return [...this.states.keys()];
  }

  async #catchUp(): Promise<void> {
    const opened = await openRowsAfter(this.db, this.cipher, this.#rev);
    const changed = new Set(opened.isAll ? this.#empty() : []);
    if (opened.isAll) this.damaged = opened.damaged;
    const stale = new Set(
      opened.isAll ? opened.rows.flatMap((row) => row.states.map((s) => s.id)) : [],
    );
    for (const page of opened.pages) {
      for (const state of page.states) {
        this.homes.pageOf.set(state.id, page.id);
        if (stale.has(state.id)) continue;
        this.states.set(state.id, state);
        this.doubtful.delete(state.id);
        changed.add(state.id);
      }
      for (const id of page.doubtful) this.doubtful.add(id);
    }
    for (const row of opened.rows) {
      for (const state of row.states) {
        this.homes.rowOf.set(state.id, row.id);
        this.states.set(state.id, state);
        this.doubtful.delete(state.id);
        changed.add(state.id);
      }
      for (const id of row.doubtful) this.doubtful.add(id);
    }
    this.#rev = opened.rev;
    this.#schema = opened.schema;
    this.#tell([...changed], 'elsewhere');
  }

  #tell(changed: readonly string[], where: 'here' | 'elsewhere'): void {
    for (const listener of this.#listeners) listener(changed, where);
  }
}
