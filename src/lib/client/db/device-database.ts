import { Dexie, type EntityTable, type Table } from 'dexie';

/**
 * The device's store. Everything that says anything is sealed; in plain stand random ids, revisions,
 * queue numbers and sizes, cursors, the push-only token, salts and public keys (docs/security.md).
 */

/** One to 64 record states, sealed together. `rev` grows with every commit of this device. */
export interface SealedRow {
  readonly id: string;
  readonly rev: number;
  readonly count: number;
  readonly sealed: Uint8Array;
}

/** A signed group, own or foreign, sealed; kept so that a server that lost it can have it back (S7). */
export interface GroupRow {
  readonly id: string;
  readonly rev: number;
  readonly sealed: Uint8Array;
}

/** What waits to be sent, in the order of its numbers: as it leaves, readable by the server alone. */
export interface QueueRow {
  readonly n: number;
  readonly group: string;
  readonly envelope: Uint8Array;
  readonly size: number;
}

/** A group that the server set aside: it stands here until a person has dealt with it (S2). */
export interface AttentionRow {
  readonly group: string;
  readonly code: string;
}

/** What a locked phone needs in order to send, and what opens the rest. One row. */
export interface VaultRow {
  readonly id: 'device';
  readonly salt: Uint8Array;
  readonly argon2: { readonly memory: number; readonly passes: number; readonly lanes: number };
  readonly wrappedKey: Uint8Array;
  readonly signing: { readonly publicKey: Uint8Array; readonly wrapped: Uint8Array };
  readonly sealing: { readonly publicKey: Uint8Array; readonly wrapped: Uint8Array };
  /** Who this device is and for whom: sealed. */
  readonly identity: Uint8Array;
  readonly pushToken: string;
}

export interface CursorRow {
  readonly stream: 'log' | 'movements';
  readonly seq: number;
  readonly id: string;
}

/** Counters of the device, in plain: transport numbering, not identity. One row. */
export interface CounterRow {
  readonly id: 'device';
  /** Grows with every commit; compared inside it, so that two tabs never overwrite each other. */
  readonly rev: number;
  readonly epoch: string;
  readonly replica: string;
  /** The number that the next group gets. */
  readonly next: number;
  /** All numbers up to this one are recorded by the server. */
  readonly acked: number;
  /** S7: the server lost something; when all streams are read again, what it lacks is sent again. */
  readonly resync: boolean;
  readonly lastContact: string | null;
  readonly roundTripOffset: number | null;
}

export type DeviceDatabase = Dexie & {
  readonly vault: EntityTable<VaultRow, 'id'>;
  readonly counters: EntityTable<CounterRow, 'id'>;
  readonly rows: EntityTable<SealedRow, 'id'>;
  readonly groups: EntityTable<GroupRow, 'id'>;
  readonly held: Table<{ readonly group: string }, string>;
  readonly queue: EntityTable<QueueRow, 'n'>;
  readonly attention: EntityTable<AttentionRow, 'group'>;
  readonly cursors: EntityTable<CursorRow, 'stream'>;
};

export const DEVICE_DATABASE = 'crossline';

/** S1: committed means on disk, in this database (`strict`). */
export function openDeviceDatabase(name: string = DEVICE_DATABASE): DeviceDatabase {
  const database = new Dexie(name, { chromeTransactionDurability: 'strict' });
  database.version(1).stores({
    vault: 'id',
    counters: 'id',
    rows: 'id, rev',
    groups: 'id, rev',
    held: 'group',
    queue: 'n, group',
    attention: 'group',
    cursors: 'stream',
  });
  return database as DeviceDatabase;
}
