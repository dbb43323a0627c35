import type { Group } from '#lib/changes/change.ts';
import { dismiss, queueState, type QueueState } from '../db/queue-state.ts';
import { openGroup } from '../db/open-group.ts';
import type { RecordStore } from '../db/record-store.ts';
import { storageError } from '../db/storage-error.ts';
import type { Progress } from '../sync/load-snapshot.ts';
import type { RoundOutcome } from '../sync/outcome.ts';
import type { Syncer } from '../sync/syncer.ts';
import { clockError } from './clock.ts';

/** The badge. `at`: ISO instant by this device's clock; empty: never. */
export type Badge =
  | { readonly kind: 'all_sent'; readonly at: string }
  | { readonly kind: 'only_here'; readonly count: number }
  | { readonly kind: 'attention'; readonly count: number; readonly reasons: readonly string[] };

/** A group that is not with the server, and what it is about. */
export interface LocalGroup {
  readonly id: string;
  readonly deviceTime: string;
  /** Kind and id of the records that it changes. */
  readonly records: readonly { readonly kind: string; readonly id: string }[];
  /** Why the server set it aside; absent: it only waits. */
  readonly code?: string;
}

/** So many groups are opened before the screen gets its turn. */
const AT_ONCE = 200;

const NOTHING: QueueState = {
  unsent: 0,
  bytes: 0,
  attention: [],
  groups: [],
  unread: 0,
  lastContact: '',
};

/** What is only on this device, and how the network was when it was last tried. */
export class SyncStatus {
  #queue = $state.raw<QueueState>(NOTHING);
  #waiting = $state.raw<readonly LocalGroup[]>([]);
  #aside = $state.raw<readonly LocalGroup[]>([]);
  #outcome = $state.raw<RoundOutcome | undefined>();
  #progress = $state.raw<Progress | undefined>();
  #renewing = $state.raw<Progress | undefined>();
  #reading: Promise<void> | undefined;
  #isStale = false;
  readonly #store: RecordStore;
  readonly #syncer: Syncer | undefined;

  constructor(store: RecordStore, syncer: Syncer | undefined) {
    this.#store = store;
    this.#syncer = syncer;
  }

  readonly #badge = $derived.by((): Badge => {
    const { attention, unsent, lastContact } = this.#queue;
    if (attention.length > 0) {
      const reasons = [...new Set(attention.map(({ code }) => code))];
      return { kind: 'attention', count: attention.length, reasons };
    }
    return unsent > 0
      ? { kind: 'only_here', count: unsent }
      : { kind: 'all_sent', at: lastContact };
  });

  readonly #onlyHere = $derived.by(
    () => new Set(this.#waiting.flatMap((group) => group.records.map(({ id }) => id))),
  );

  get badge(): Badge {
    return this.#badge;
  }

  /** Groups that wait to be sent, the oldest first. */
  get queued(): readonly LocalGroup[] {
    return this.#waiting;
  }

  /** Groups that the server set aside, until a person has dealt with them. */
  get attention(): readonly LocalGroup[] {
    return this.#aside;
  }

  /** How much of what the server has is here, while a new device loads it; else undefined. */
  get progress(): Progress | undefined {
    return this.#progress;
  }

  noteProgress(progress: Progress | undefined): void {
    this.#progress = progress;
  }

  /** How many of the groups here are read anew after an update, while they are; else undefined. */
  get renewing(): Progress | undefined {
    return this.#renewing;
  }

  noteRenewing(progress: Progress | undefined): void {
    this.#renewing = progress;
  }

  /** Groups of others that came, and that only a newer version of the application can read. */
  get unread(): number {
    return this.#queue.unread;
  }

  /** Bytes that wait to be sent. */
  get bytes(): number {
    return this.#queue.bytes;
  }

  /** ISO instant of the last answer of the server; empty: never. */
  get lastContact(): string {
    return this.#queue.lastContact;
  }

  /** Whether the last try reached the server; undefined: not tried since unlocking. */
  get isOnline(): boolean | undefined {
    return this.#outcome && this.#outcome.type !== 'offline';
  }

  /** The code of what the server refused as a whole, where it did. */
  get refusal(): string | undefined {
    const outcome = this.#outcome;
    if (!outcome || outcome.type === 'done' || outcome.type === 'offline') return undefined;
    return outcome.type === 'refused' ? outcome.code : outcome.type;
  }

  /**
   * Milliseconds by which this device's clock is wrong (negative: behind), as far as the last contact
   * tells; undefined: nothing speaks against it.
   */
  get clockError(): number | undefined {
    return clockError(Date.now(), this.#queue);
  }

  /** Whether this record is changed by a group that is only here. */
  isOnlyHere(record: string): boolean {
    return this.#onlyHere.has(record);
  }

  syncNow(): void {
    this.#syncer?.wake();
  }

  /** The person has dealt with what was set aside: it stops asking. */
  async dismiss(group: string): Promise<void> {
    await dismiss(this.#store, group);
    await this.refresh();
  }

  noteRound(outcome: RoundOutcome): void {
    this.#outcome = outcome;
    void this.refresh();
  }

  /**
   * Reads the queue again. One reading at a time, and once more for all who ask meanwhile: an older
   * one that ends late would show what is not so any more.
   */
  refresh(): Promise<void> {
    this.#isStale = true;
    return (this.#reading ??= this.#readAll());
  }

  async #readAll(): Promise<void> {
    try {
      while (this.#isStale) {
        this.#isStale = false;
        await this.#read();
      }
    } catch (thrown) {
      storageError(thrown); // The database is closing: whatever comes next reads it again.
    } finally {
      this.#reading = undefined;
    }
  }

  async #read(): Promise<void> {
    const queue = await queueState(this.#store.db);
    const groups = new Map(
      [...this.#waiting, ...this.#aside].map((group) => [group.id, group] as const),
    );
    const wanted = [...queue.groups, ...queue.attention.map(({ group }) => group)];
    const unknown = wanted.filter((id) => !groups.has(id));
    for (let at = 0; at < unknown.length; at += AT_ONCE) {
      const rows = await this.#store.db.groups.bulkGet(unknown.slice(at, at + AT_ONCE));
      const opened = await Promise.all(
        rows.map(async (row) => (row ? openGroup(this.#store, row) : undefined)),
      );
      for (const one of opened) if (one) groups.set(one.group.id, describe(one.group));
    }
    this.#queue = queue;
    const waiting = queue.groups.flatMap((id) => withoutCode(groups.get(id)) ?? []);
    const aside = queue.attention.flatMap(({ group, code }) => {
      const known = groups.get(group);
      if (!known) return [];
      return [known.code === code ? known : { ...known, code }];
    });
    // What shows them is left alone where they are the same.
    if (!isSame(waiting, this.#waiting)) this.#waiting = waiting;
    if (!isSame(aside, this.#aside)) this.#aside = aside;
  }
}

function withoutCode(group: LocalGroup | undefined): LocalGroup | undefined {
  if (group?.code === undefined) return group;
  const { code: _was, ...rest } = group;
  return rest;
}

const isSame = (some: readonly LocalGroup[], others: readonly LocalGroup[]): boolean =>
  some.length === others.length && some.every((one, index) => one === others[index]);

function describe(group: Group): LocalGroup {
  return {
    id: group.id,
    deviceTime: group.changes[0]?.deviceTime ?? '',
    records: group.changes.map(({ kind, record }) => ({ kind, id: record })),
  };
}
