import type { Change, Group, Stream } from '#lib/changes/change.ts';
import type { BatchedChange } from '#lib/changes/undo-batch.ts';
import type { GroupRow } from './database.ts';
import { openGroup } from './open-group.ts';
import type { RecordStore } from './record-store.ts';

/** One change of a record as it lies on this device, and what became of its group. */
export interface StoredChange {
  readonly change: Change;
  readonly group: string;
  readonly device: string;
  readonly stream: Stream;
  readonly batch?: string | undefined;
  /** The server has it. */
  readonly isConfirmed: boolean;
  /** It waits for a change that it builds on (S9). */
  readonly isHeld: boolean;
  /** Why the server set it aside; absent: it did not. */
  readonly code?: string | undefined;
}

/** So many groups are opened before the screen gets its turn. */
const AT_ONCE = 200;

/**
 * Which groups touch which record: read from the groups once, when somebody first asks for a
 * history, and from then on only from those that came since.
 */
export class GroupIndex {
  readonly #store: RecordStore;
  readonly #groupsOf = new Map<string, string[]>();
  readonly #groupsOfBatch = new Map<string, string[]>();
  readonly #indexed = new Set<string>();
  #turn: Promise<void> = Promise.resolve();

  constructor(store: RecordStore) {
    this.#store = store;
  }

  /** The changes of a record that are on this device, in the order in which they came here. */
  async changesOf(record: string): Promise<readonly StoredChange[]> {
    await this.#catchUp();
    const { db } = this.#store;
    const ids = this.#groupsOf.get(record) ?? [];
    const [rows, attention] = await Promise.all([
      db.groups.bulkGet([...ids]),
      db.attention.bulkGet([...ids]),
    ]);
    const codeOf = new Map(attention.flatMap((row) => (row ? [[row.group, row.code]] : [])));
    const present = rows.flatMap((row) => row ?? []).sort((a, b) => a.at - b.at);
    const found = await Promise.all(
      present.map((row) => this.#changesIn(row, record, codeOf.get(row.id))),
    );
    return found.flat();
  }

  /**
   * Every change of the records that a batch touched, and of further ones, as far as they are on
   * this device and count: what is held or was set aside does not.
   */
  async changesAround(batch: string, further: Iterable<string>): Promise<readonly BatchedChange[]> {
    await this.#catchUp();
    const own = await this.#openCounting(this.#groupsOfBatch.get(batch) ?? []);
    const touched = own.flatMap(({ changes }) => changes.map(({ record }) => record));
    const records = new Set([...touched, ...further]);
    const ids = new Set([...records].flatMap((record) => this.#groupsOf.get(record) ?? []));
    const groups = await this.#openCounting([...ids]);
    return groups.flatMap((group) =>
      group.changes.flatMap((change) =>
        records.has(change.record) ? [{ change, batch: group.batch }] : [],
      ),
    );
  }

  async #openCounting(ids: readonly string[]): Promise<Group[]> {
    const { db } = this.#store;
    const found: Group[] = [];
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const piece = ids.slice(at, at + AT_ONCE);
      const rows = await db.groups.bulkGet(piece);
      const aside = await db.attention.bulkGet(piece);
      const counting = rows.flatMap((row, index) =>
        row?.held === 0 && !aside[index] ? [row] : [],
      );
      const opened = await Promise.all(counting.map((row) => openGroup(this.#store, row)));
      found.push(...opened.flatMap((one) => (one ? [one.group] : [])));
    }
    return found;
  }

  async #changesIn(
    row: GroupRow,
    record: string,
    code: string | undefined,
  ): Promise<StoredChange[]> {
    const opened = await openGroup(this.#store, row);
    if (!opened) return [];
    const { id, device, stream, batch, changes } = opened.group;
    const isConfirmed = row.confirmed === 1;
    const isHeld = row.held === 1;
    return changes
      .filter((change) => change.record === record)
      .map((change) => ({ change, group: id, device, stream, batch, isConfirmed, isHeld, code }));
  }

  #catchUp(): Promise<void> {
    this.#turn = this.#turn.catch(() => undefined).then(() => this.#readNew());
    return this.#turn;
  }

  async #readNew(): Promise<void> {
    const { db } = this.#store;
    const ids = await db.groups.toCollection().primaryKeys();
    const fresh = ids.filter((id) => !this.#indexed.has(id));
    for (let at = 0; at < fresh.length; at += AT_ONCE) {
      const rows = await db.groups.bulkGet(fresh.slice(at, at + AT_ONCE));
      const present = rows.flatMap((row) => row ?? []);
      const opened = await Promise.all(present.map((row) => openGroup(this.#store, row)));
      for (const one of opened) {
        if (!one) continue;
        const { id, batch, changes } = one.group;
        this.#indexed.add(id);
        if (batch !== undefined) {
          const known = this.#groupsOfBatch.get(batch);
          if (known) known.push(id);
          else this.#groupsOfBatch.set(batch, [id]);
        }
        for (const record of new Set(changes.map((change) => change.record))) {
          const known = this.#groupsOf.get(record);
          if (known) known.push(id);
          else this.#groupsOf.set(record, [id]);
        }
      }
    }
  }
}
