import type { Group } from '#lib/changes/change.ts';
import { applyGroup, foldGroups } from '#lib/changes/fold-changes.ts';
import type { RecordState } from '#lib/changes/fold.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type {
  CounterRow,
  CursorRow,
  DeviceDatabase,
  GroupRow,
  QueueRow,
} from './device-database.ts';
import { toStoreFailure, type StoreFailure } from './failures.ts';
import { emptyMemory, PAGE, readNewer, sealStates, type Memory } from './memory.ts';
import { openRow, sealRow } from '#lib/crypto/seal.ts';
import { SEALED_SCHEMA } from './sealed-json.ts';

/** A group of this device, signed and sealed to the server: made before anything is written. */
export interface Outgoing {
  readonly group: Group;
  /** Signature (64 bytes) and signed bytes, one after the other. */
  readonly signed: Uint8Array;
  readonly envelope: Uint8Array;
}

/** A group that came from the server. */
export interface Incoming {
  readonly group: Group;
  readonly signed: Uint8Array;
}

export interface Pulled {
  readonly groups: readonly Incoming[];
  readonly cursors: readonly CursorRow[];
}

/** How often a commit is made anew because another tab was faster. */
const TRIES = 20;

/**
 * The store of one unlocked tab: everything opened in memory, everything sealed on disk, and one
 * way in: a commit that is whole or not at all (S1). Tabs that commit side by side see each other's
 * revision inside the transaction, take in what is new, and fold again.
 */
export class DeviceStore {
  readonly database: DeviceDatabase;
  readonly #key: CryptoKey;
  readonly #memory: Memory = emptyMemory();

  constructor(database: DeviceDatabase, dataKey: CryptoKey) {
    this.database = database;
    this.#key = dataKey;
  }

  /** All records as this tab sees them. */
  get states(): ReadonlyMap<string, RecordState> {
    return this.#memory.states;
  }

  get damagedRows(): number {
    return this.#memory.damaged.size;
  }

  /** Groups that wait for what they build on (S9). */
  get heldGroups(): number {
    return this.#memory.held.size;
  }

  hasGroup(id: string): boolean {
    return this.#memory.groups.has(id);
  }

  /** Opens what is on disk and not yet in memory; ids of the records that changed. */
  async refresh(): Promise<Result<readonly string[], StoreFailure>> {
    try {
      return ok(await readNewer(this.database, this.#key, this.#memory));
    } catch (cause) {
      return err(toStoreFailure(cause));
    }
  }

  /**
   * S1: an edit, its rows, its signed groups, their envelopes and the counter, in one transaction.
   * `make` is called with the states as they are, again when another tab came first; it returns no
   * groups when there is nothing to say.
   */
  async save(
    make: (states: ReadonlyMap<string, RecordState>) => Promise<readonly Outgoing[]>,
  ): Promise<
    Result<
      { readonly groups: readonly string[]; readonly touched: readonly string[] },
      StoreFailure
    >
  > {
    return this.#commit(async (rev) => {
      const outgoing = await make(this.states);
      const states = new Map(this.#memory.states);
      const touched = new Map<string, RecordState>();
      for (const { group } of outgoing) {
        const applied = applyGroup(states, group);
        if (!applied) throw new Error('an edit builds on what its author sees');
        for (const state of applied) {
          states.set(state.id, state);
          touched.set(state.id, state);
        }
      }
      const rows = await sealStates(this.#key, [...touched.values()], rev);
      const groups = await this.#sealGroups(outgoing, rev);
      return {
        isEmpty: outgoing.length === 0,
        write: async (counters) => {
          await this.database.rows.bulkAdd(rows);
          await this.database.groups.bulkAdd(groups);
          const queue = outgoing.map(({ group, envelope }, index): QueueRow => ({
            n: counters.next + index,
            group: group.id,
            envelope,
            size: envelope.length,
          }));
          await this.database.queue.bulkAdd(queue);
          return { next: counters.next + outgoing.length };
        },
        remember: () => {
          for (const state of touched.values()) this.#memory.states.set(state.id, state);
          for (const { id } of groups) this.#memory.groups.add(id);
          return { groups: groups.map((group) => group.id), touched: [...touched.keys()] };
        },
      };
    });
  }

  /**
   * A page of groups from the server and the cursors behind it, in one transaction. What is known is
   * not applied again; what lacks its base is held (S9); own groups that came back leave the queue
   * when the server has also acknowledged them (S2).
   */
  async takeIn(
    pulled: Pulled,
  ): Promise<Result<{ readonly touched: readonly string[] }, StoreFailure>> {
    return this.#commit(async (rev) => {
      const news = pulled.groups.filter(({ group }) => !this.#memory.groups.has(group.id));
      const waiting = this.#memory.held.size > 0 && news.length > 0 ? await this.#readHeld() : [];
      const folded = foldGroups(
        [...waiting, ...news.map(({ group }) => group)],
        this.#memory.states,
      );
      const touched = [...folded.records.values()].filter(
        (state) => this.#memory.states.get(state.id) !== state,
      );
      const held = new Set(folded.held.map((group) => group.id));
      const rows = await sealStates(this.#key, touched, rev);
      const groups = await this.#sealGroups(news, rev);
      const back = pulled.groups.map(({ group }) => group.id);
      return {
        isEmpty: news.length === 0 && pulled.cursors.length === 0 && back.length === 0,
        write: async (counters) => {
          await this.database.rows.bulkAdd(rows);
          await this.database.groups.bulkPut(groups);
          await this.database.held.clear();
          await this.database.held.bulkPut([...held].map((group) => ({ group })));
          await this.database.cursors.bulkPut([...pulled.cursors]);
          await this.database.queue
            .where('group')
            .anyOf(back)
            .filter((row) => row.n <= counters.acked)
            .delete();
          return {};
        },
        remember: () => {
          for (const state of touched) this.#memory.states.set(state.id, state);
          for (const { group } of news) this.#memory.groups.add(group.id);
          this.#memory.held.clear();
          for (const id of held) this.#memory.held.add(id);
          return { touched: touched.map((state) => state.id) };
        },
      };
    });
  }

  /** Signature and signed bytes of groups that this device holds. Damaged ones are left out. */
  async readSigned(ids: readonly string[]): Promise<{ id: string; signed: Uint8Array }[]> {
    const rows = await this.database.groups.bulkGet([...ids]);
    const opened = await Promise.all(
      rows.flatMap((row) =>
        row
          ? [openRow(this.#key, row.id, SEALED_SCHEMA, row.sealed).then((o) => ({ id: row.id, o }))]
          : [],
      ),
    );
    return opened.flatMap(({ id, o }) => (o.ok ? [{ id, signed: o.value }] : []));
  }

  /** How a group is read back from its bytes; set by whoever knows the encoding (client/sync). */
  decode: (signed: Uint8Array) => Group | undefined = () => undefined;

  /**
   * Folds single rows into pages, and drops rows whose records all stand in newer ones. For idle
   * times; does nothing when there is little to gain.
   */
  async foldPages(): Promise<Result<void, StoreFailure>> {
    const total = await this.database.rows.count();
    const least = Math.ceil(this.#memory.states.size / PAGE);
    if (total < least * 2 + PAGE) return ok(undefined);
    const done = await this.#commit(async (rev) => {
      const old = await this.database.rows.toCollection().primaryKeys();
      const rows = await sealStates(this.#key, [...this.#memory.states.values()], rev);
      const damaged = this.#memory.damaged;
      return {
        isEmpty: false,
        write: async () => {
          await this.database.rows.bulkDelete(old.filter((id) => !damaged.has(id)));
          await this.database.rows.bulkAdd(rows);
          return {};
        },
        remember: () => undefined,
      };
    });
    return done.ok ? ok(undefined) : done;
  }

  async #commit<T>(
    prepare: (rev: number) => Promise<Prepared<T>>,
  ): Promise<Result<T, StoreFailure>> {
    try {
      for (let tries = 0; tries < TRIES; tries++) {
        const rev = this.#memory.rev + 1;
        const prepared = await prepare(rev);
        if (prepared.isEmpty) return ok(prepared.remember());
        const isWritten = await this.database.transaction('rw', this.database.tables, async () => {
          const counters = await this.database.counters.get('device');
          if (!counters) throw new Error('the device has counters from its enrolment on');
          if (counters.rev !== this.#memory.rev) return false;
          const changed = await prepared.write(counters);
          await this.database.counters.put({ ...counters, ...changed, rev });
          return true;
        });
        if (isWritten) {
          this.#memory.rev = rev;
          return ok(prepared.remember());
        }
        await readNewer(this.database, this.#key, this.#memory);
      }
      return err({ type: 'storage_failed', name: 'always another tab first' });
    } catch (cause) {
      return err(toStoreFailure(cause));
    }
  }

  async #readHeld(): Promise<Group[]> {
    const signed = await this.readSigned([...this.#memory.held]);
    return signed.flatMap((one) => this.decode(one.signed) ?? []);
  }

  #sealGroups(
    groups: readonly { readonly group: Group; readonly signed: Uint8Array }[],
    rev: number,
  ): Promise<GroupRow[]> {
    return Promise.all(
      groups.map(async ({ group, signed }) => ({
        id: group.id,
        rev,
        sealed: await sealRow(this.#key, group.id, SEALED_SCHEMA, signed),
      })),
    );
  }
}

interface Prepared<T> {
  /** There is nothing to write. */
  readonly isEmpty: boolean;
  /** Inside the transaction: nothing but IndexedDB. Returns what changes of the counters. */
  readonly write: (counters: CounterRow) => Promise<Partial<CounterRow>>;
  /** After it: the memory shows what is on disk. */
  readonly remember: () => T;
}
