import type { StoreSchema } from '../store/schema.ts';

/**
 * Every table of the store, with the columns that order its rows, and those that hold bytes. What is
 * derived is made again from the others: it is no part of a backup, and a restore removes it.
 */
export const TABLES: {
  readonly [T in keyof StoreSchema]: {
    readonly key: readonly (keyof StoreSchema[T] & string)[];
    readonly bytes?: readonly (keyof StoreSchema[T] & string)[];
    readonly isDerived?: true;
  };
} = {
  serverKeys: { key: ['id'], bytes: ['publicKey', 'privateKey'] },
  operations: { key: ['id'] },
  counters: { key: ['operation'] },
  members: { key: ['id'] },
  devices: { key: ['id'], bytes: ['signKey', 'sealKey'] },
  tokens: { key: ['hash'] },
  invites: { key: ['id'] },
  groups: { key: ['operation', 'id'], bytes: ['bytes', 'signature'] },
  replicas: { key: ['key'] },
  slots: { key: ['key'] },
  changes: { key: ['operation', 'id'] },
  records: { key: ['operation', 'record'] },
  waits: { key: ['operation', 'changeId', 'groupId'] },
  publication: { key: ['operation', 'stream', 'seq'] },
  convoys: { key: ['operation', 'convoy'] },
  convoyRecords: { key: ['operation', 'record', 'convoy'] },
  convoyGroups: { key: ['operation', 'convoy', 'groupId'] },
  settlements: { key: ['operation', 'groupId'] },
  snapshots: { key: ['id'], isDerived: true },
  snapshotParts: { key: ['snapshot', 'part'], bytes: ['bytes'], isDerived: true },
  audit: { key: ['id'] },
};

export type TableName = keyof StoreSchema;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];
export const KEPT_TABLES = TABLE_NAMES.filter((name) => !TABLES[name].isDerived);
