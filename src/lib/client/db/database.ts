import { Dexie, type Table } from 'dexie';
import type { Stream } from '#lib/changes/change.ts';
import type { Argon2Parameters } from '#lib/crypto/argon2-parameters.ts';

/**
 * What lies on the device. `bytes` is always sealed under the data key (in the example's database:
 * plain); everything beside it is transport or numbering and says nothing about the operation.
 */

/** The data key under the passphrase, and what this device needs while it is locked. */
export interface VaultRow {
  readonly id: 'vault';
  readonly salt: Uint8Array;
  readonly parameters: Argon2Parameters;
  readonly wrappedKey: Uint8Array;
  readonly wrappedSigning: Uint8Array;
  readonly wrappedSealing: Uint8Array;
  readonly signPublic: Uint8Array;
  readonly sealPublic: Uint8Array;
  /** Sealed: who this device is, its full token, the server's keys. */
  readonly bytes: Uint8Array;
}

/** What the locked sender needs and the queue is numbered by: plain. */
export interface TransportRow {
  readonly id: 'transport';
  readonly pushToken: string;
  readonly epoch: string;
  readonly replica: string;
  /** The last number given; numbers start at 1 and have no gaps. */
  readonly n: number;
  /** ISO instant of this device's clock when the server last answered; empty: never. */
  readonly lastContact: string;
  /** Milliseconds by which this device's clock was ahead of the server's then; absent: not known. */
  readonly clockAhead?: number;
}

/** Up to 64 records, or one. `rev` is the device's revision at which it was written. */
export interface RecordRow {
  readonly id: string;
  readonly rev: number;
  readonly bytes: Uint8Array;
}

/** One signed group, own or foreign (S7). Its id is random and says nothing. */
export interface GroupRow {
  readonly id: string;
  /** 1: waits for a change that it builds on (S9). */
  readonly held: 0 | 1;
  /** 1: the server gave it to us: it has it. */
  readonly confirmed: 0 | 1;
  /** The order in which groups came here: whoever made one had seen those that it changes. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** Leaves only when acknowledged *and* pulled back, or set aside by the server (S2). */
export interface QueueRow {
  readonly replica: string;
  readonly n: number;
  readonly group: string;
  readonly envelope: Uint8Array;
  readonly size: number;
  readonly acked: 0 | 1;
}

/** A group that the server set aside, until a person has dealt with it. */
export interface AttentionRow {
  readonly group: string;
  readonly code: string;
}

export interface CursorRow {
  readonly stream: Stream;
  readonly seq: number;
  readonly id: string;
}

/**
 * A signed group that this version of the application cannot read. It is kept as it came until a
 * version can, and asked for again from the place before it, in case it came damaged.
 */
export interface UnreadRow {
  /** Of the group where it can be made out; else random. */
  readonly id: string;
  readonly stream: Stream;
  /** The cursor after which the server gave it. */
  readonly after: { readonly seq: number; readonly id: string };
  /** ISO instant of this device's clock when it was last asked for. */
  readonly asked: string;
  readonly bytes: Uint8Array;
}

/** The snapshot that this device began with, while and after it is loaded: sealed. */
export interface SnapshotRow {
  readonly id: 'snapshot';
  readonly isDone: 0 | 1;
  readonly bytes: Uint8Array;
}

/** A record of a snapshot as it was before this device changed it: sealed. */
export interface BaseRow {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** One number that every writing transaction reads and raises: two tabs cannot miss each other. */
export interface RevisionRow {
  readonly id: 'revision';
  readonly rev: number;
  /** The revision that threw away all records before it: a tab that is older opens all anew. */
  readonly cleared?: number;
  /** The oldest schema by which any of the records was folded since; absent: the first. */
  readonly schema?: number;
}

/** Who stands behind the ids in changes, as the server last said: sealed like everything else. */
export interface DirectoryRow {
  readonly id: 'directory' | 'certificates';
  readonly bytes: Uint8Array;
}

/** The operation's own boundaries, as this device imported them (ADR 0145): sealed. */
export interface BoundariesRow {
  readonly id: 'boundaries';
  readonly bytes: Uint8Array;
}

export class DeviceDatabase extends Dexie {
  declare vault: Table<VaultRow, string>;
  declare transport: Table<TransportRow, string>;
  declare pages: Table<RecordRow, string>;
  declare rows: Table<RecordRow, string>;
  declare groups: Table<GroupRow, string>;
  declare queue: Table<QueueRow, [string, number]>;
  declare attention: Table<AttentionRow, string>;
  declare cursors: Table<CursorRow, string>;
  declare revision: Table<RevisionRow, string>;
  declare unread: Table<UnreadRow, string>;
  declare snapshot: Table<SnapshotRow, string>;
  declare bases: Table<BaseRow, string>;
  declare directory: Table<DirectoryRow, string>;
  declare boundaries: Table<BoundariesRow, string>;

  /** `factory`: another storage bucket than the page's own. */
  constructor(name: string, factory?: IDBFactory) {
    super(name, {
      chromeTransactionDurability: 'strict',
      ...(factory ? { indexedDB: factory, IDBKeyRange } : {}),
    });
    this.version(1).stores({
      vault: 'id',
      transport: 'id',
      pages: 'id, rev',
      rows: 'id, rev',
      groups: 'id, held, confirmed',
      queue: '[replica+n], group, acked',
      attention: 'group',
      cursors: 'stream',
      revision: 'id',
    });
    this.version(2).stores({ unread: 'id' });
    this.version(3).stores({ directory: 'id' });
    this.version(4).stores({ snapshot: 'id', bases: 'id' });
    this.version(5).stores({ boundaries: 'id' });
    // Rows as the server sends them (ADR 0165): tabs of before, which cannot read them, let go.
    this.version(6).stores({});
    staysDeleted(this);
  }
}

/** Half-typed work: a database of its own, so that writing it never waits for the disk. */
export interface DraftRow {
  readonly id: string;
  readonly bytes: Uint8Array;
}

export class DraftDatabase extends Dexie {
  declare drafts: Table<DraftRow, string>;

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'relaxed' });
    this.version(1).stores({ drafts: 'id' });
    staysDeleted(this);
  }
}

/** Another tab wipes this device: let go, and never make the database again by writing to it. */
function staysDeleted(db: Dexie): void {
  db.on('versionchange', ({ newVersion }) => {
    if (newVersion !== null) return true;
    db.close();
    return false;
  });
}
