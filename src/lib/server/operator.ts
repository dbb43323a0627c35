import type { Dataset } from '#lib/domain/records/dataset.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { ImportedRecord } from '#lib/exchange/imported-record.ts';
import type { RelayFile } from '#lib/protocol/relay-file.ts';
import type { Role } from '#lib/protocol/roles.ts';
import { listBatches, type StoredBatch } from './batches.ts';
import { inviteLink } from './boot.ts';
import { systemClock } from './clock.ts';
import { readDataset } from './dataset.ts';
import { importBasis, type ImportBasis } from './import-basis.ts';
import { importRecords, type ImportOptions, type ImportResult } from './import.ts';
import { loadServerKeys } from './keys.ts';
import { listDevices, revokeDevice, type ListedDevice } from './people/devices.ts';
import { createInvite } from './people/invites.ts';
import { createOperation, findOperations, listOperations } from './people/operations.ts';
import { relay, type RelayError, type RelayResult } from './relay.ts';
import { readSettings } from './settings.ts';
import { backup } from './store-care/backup.ts';
import { restore, type RestoreError } from './store-care/restore.ts';
import { verifyStore, type Flaw } from './store-care/verify.ts';
import { openStore } from './store/store.ts';
import { undoImport, type UndoResult, type UnknownBatch } from './undo-import.ts';

export interface NamedOperation {
  readonly id: string;
  readonly name: string;
}

/** What the operator of a server does at the command line, on the store itself. */
export interface Operator {
  operations(): Promise<readonly NamedOperation[]>;
  /** The one with this id, else all with this name. */
  findOperations(name: string): Promise<readonly NamedOperation[]>;
  /** A new operation, and the link with which somebody becomes its owner. */
  createOperation(name: string): Promise<NamedOperation & { readonly ownerLink: string }>;
  /** All live records, as a coordinator sees them. */
  dataset(operation: string): Promise<Dataset>;
  /** What a file of an operation is read over: its records, and what its places were called before. */
  importBasis(operation: string): Promise<ImportBasis>;
  importRecords(
    operation: string,
    records: readonly ImportedRecord[],
    options: Pick<ImportOptions, 'as' | 'dryRun' | 'batch'>,
  ): Promise<ImportResult>;
  /** Takes an import back; what people wrote since stays. */
  undoImport(
    operation: string,
    batch: string,
    options: Pick<ImportOptions, 'as' | 'dryRun'>,
  ): Promise<Result<UndoResult, UnknownBatch>>;
  /** The imports of an operation and their undoings, the oldest first. */
  batches(operation: string): Promise<readonly StoredBatch[]>;
  /** A link that enrols one device. */
  invite(
    operation: string,
    invite: { readonly role: Role; readonly name: string; readonly days: number },
  ): Promise<string>;
  devices(operation: string): Promise<readonly ListedDevice[]>;
  /** False when no operation has such a device. */
  revoke(device: string, as: 'leaving' | 'lost'): Promise<boolean>;
  /** Takes what waits on a device out of the file in which it was carried. */
  relay(
    file: RelayFile,
    options: { readonly skipsUnsound: boolean },
  ): Promise<Result<RelayResult, RelayError>>;
  /** Checks every invariant of the stored log. */
  verify(): Promise<{ readonly groups: number; readonly flaws: readonly Flaw[] }>;
  /** Everything, keys included, into one file. */
  backup(file: string): Promise<{ readonly rows: number }>;
  /** A backup in the place of everything, with a new epoch; refused while a server runs. */
  restore(file: string): Promise<Result<{ readonly rows: number }, RestoreError>>;
  close(): Promise<void>;
}

export interface StoreUnreachable {
  readonly type: 'store_unreachable';
  readonly reason: string;
}

/** Opens the store that the environment names, beside a running server or without one. */
export async function openOperator(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Result<Operator, StoreUnreachable>> {
  const settings = readSettings(env);
  try {
    const store = await openStore(settings);
    const keys = await loadServerKeys(store, systemClock());
    const rules = () => ({ now: systemClock(), releaseAfter: settings.releaseAfter });
    const asOwner = (operation: string) =>
      ({ operation, role: 'owner', member: null, device: null }) as const;
    return ok({
      operations: () => listOperations(store.db),
      findOperations: (name) => findOperations(store.db, name),
      createOperation: async (name) => {
        const made = await store.write((tx) => createOperation(tx, keys, name, systemClock()));
        return { ...made.operation, ownerLink: inviteLink(settings.origin, made.token) };
      },
      dataset: (operation) => readDataset(store.db, operation),
      importBasis: (operation) => importBasis(store.db, operation),
      importRecords: (operation, records, options) =>
        importRecords(store, keys, records, { ...rules(), operation, ...options }),
      undoImport: (operation, batch, options) =>
        undoImport(store, keys, batch, { ...rules(), operation, ...options }),
      batches: (operation) => listBatches(store.db, operation),
      invite: async (operation, invite) => {
        const made = await createInvite(store, keys, asOwner(operation), invite, systemClock());
        if (!made.ok) throw new Error('an owner may invite anybody');
        return inviteLink(settings.origin, made.value.token);
      },
      devices: (operation) => listDevices(store.db, operation),
      revoke: async (device, as) => {
        for (const { id } of await listOperations(store.db)) {
          const revoked = await revokeDevice(store, asOwner(id), device, as, systemClock());
          if (revoked.ok) return true;
        }
        return false;
      },
      relay: (file, options) => relay(store, keys, file, { ...rules(), ...options }),
      verify: () => verifyStore(store),
      backup: (file) => backup(store, file, systemClock()),
      restore: (file) => restore(store, settings, file, systemClock()),
      close: () => store.close(),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err({ type: 'store_unreachable', reason });
  }
}
