import type { Group } from '#lib/changes/change.ts';
import { dismiss, queueState, type QueueState } from '../db/queue.ts';
import { openGroup } from '../db/receive.ts';
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

  async refresh(): Promise<void> {
    try {
      await this.#read();
    } catch (thrown) {
      storageError(thrown); // The database is closing: whatever comes next reads it again.
    }
  }

  async #read(): Promise<void> {
    const queue = await queueState(this.#store.db);
    const groups = new Map(
      [...this.#waiting, ...this.#aside].map((group) => [group.id, group] as const),
    );
    const wanted = [...queue.groups, ...queue.attention.map(({ group }) => group)];
    for (const id of wanted) {
      if (groups.has(id)) continue;
      const row = await this.#store.db.groups.get(id);
      const opened = row && (await openGroup(this.#store, row));
      if (opened) groups.set(id, describe(opened.group));
    }
    this.#queue = queue;
    this.#waiting = queue.groups.flatMap((id) => groups.get(id) ?? []);
    this.#aside = queue.attention.flatMap(({ group, code }) => {
      const known = groups.get(group);
      return known ? [{ ...known, code }] : [];
    });
  }
}

function describe(group: Group): LocalGroup {
  return {
    id: group.id,
    deviceTime: group.changes[0]?.deviceTime ?? '',
    records: group.changes.map(({ kind, record }) => ({ kind, id: record })),
  };
}
