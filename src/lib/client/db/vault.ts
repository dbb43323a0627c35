import { toBase64Url } from '#lib/crypto/encoding.ts';
import { generateDataKey, unwrapDataKey, wrapDataKey } from '#lib/crypto/keys.ts';
import { derivePassphraseKey, newPassphraseSalt } from '#lib/crypto/passphrase-key.ts';
import { randomShortId } from '#lib/crypto/random.ts';
import {
  generateSealingPair,
  generateSigningPair,
  unwrapSigningKey,
} from '#lib/crypto/signatures.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { DeviceDatabase, VaultRow } from './device-database.ts';
import { toStoreFailure, type StoreFailure } from './failures.ts';
import { openJson, sealJson, type RowDamaged } from './sealed-json.ts';

/** Who this device is, for whom it works, and to whom it seals. Sealed in the vault. */
export interface Identity {
  readonly device: string;
  /** The author id of this person's changes. */
  readonly member: string;
  readonly name: string;
  readonly role: 'observer' | 'logger' | 'coordinator' | 'owner';
  readonly operation: string;
  readonly operationName: string;
  readonly serverKeys: readonly { readonly id: string; readonly public: string }[];
  readonly fullToken: string;
  readonly certificate: string;
}

/** A vault whose passphrase was right: its keys cannot be taken out of memory. */
export interface OpenVault {
  readonly dataKey: CryptoKey;
  readonly signingKey: CryptoKey;
  readonly identity: Identity;
}

/** A new device's keys, before the server knows it. Nothing is stored yet. */
export interface NewDevice {
  readonly dataKey: CryptoKey;
  readonly row: Omit<VaultRow, 'identity' | 'pushToken'>;
  /** Raw public points, base64url, for the server. */
  readonly signKey: string;
  readonly sealKey: string;
}

/** Keys of a new device under a passphrase. The data key is not extractable once this returns. */
export async function makeDevice(passphrase: string): Promise<NewDevice> {
  const { salt, parameters } = await newPassphraseSalt();
  const passphraseKey = await derivePassphraseKey(passphrase, { salt, parameters });
  const wrappedKey = await wrapDataKey(await generateDataKey(), passphraseKey);
  const dataKey = await unwrapDataKey(wrappedKey, passphraseKey);
  if (!dataKey.ok) throw new Error('a key that was just wrapped unwraps');
  const [signing, sealing] = await Promise.all([
    generateSigningPair(dataKey.value),
    generateSealingPair(dataKey.value),
  ]);
  return {
    dataKey: dataKey.value,
    row: { id: 'device', salt, argon2: parameters, wrappedKey, signing, sealing },
    signKey: toBase64Url(signing.publicKey),
    sealKey: toBase64Url(sealing.publicKey),
  };
}

/** Stores an enrolled device: from here on the passphrase opens it. */
export async function storeDevice(
  database: DeviceDatabase,
  device: NewDevice,
  enrolled: { readonly identity: Identity; readonly pushToken: string; readonly epoch: string },
): Promise<Result<void, StoreFailure>> {
  const identity = await sealJson(device.dataKey, 'identity', enrolled.identity);
  try {
    await database.transaction('rw', database.vault, database.counters, async () => {
      await database.vault.put({ ...device.row, identity, pushToken: enrolled.pushToken });
      await database.counters.put({
        id: 'device',
        rev: 0,
        epoch: enrolled.epoch,
        replica: randomShortId(),
        next: 1,
        acked: 0,
        resync: false,
        lastContact: null,
        roundTripOffset: null,
      });
    });
    return ok(undefined);
  } catch (cause) {
    return err(toStoreFailure(cause));
  }
}

export type UnlockFailure =
  | { readonly type: 'wrong_passphrase' }
  | { readonly type: 'no_device' }
  | RowDamaged
  | StoreFailure;

/** Opens the vault: a right passphrase shows by what it unwraps, nothing else is compared. */
export async function openVault(
  database: DeviceDatabase,
  passphrase: string,
): Promise<Result<OpenVault, UnlockFailure>> {
  let row: VaultRow | undefined;
  try {
    row = await database.vault.get('device');
  } catch (cause) {
    return err(toStoreFailure(cause));
  }
  if (!row) return err({ type: 'no_device' });
  const { salt, argon2: parameters } = row;
  const passphraseKey = await derivePassphraseKey(passphrase, { salt, parameters });
  const dataKey = await unwrapDataKey(row.wrappedKey, passphraseKey);
  if (!dataKey.ok) return err({ type: 'wrong_passphrase' });
  const signingKey = await unwrapSigningKey(row.signing.wrapped, dataKey.value);
  if (!signingKey.ok) return err({ type: 'row_damaged', row: 'signing' });
  const identity = await openJson<Identity>(dataKey.value, 'identity', row.identity);
  if (!identity.ok) return identity;
  return ok({ dataKey: dataKey.value, signingKey: signingKey.value, identity: identity.value });
}

/** Keeps what the server said anew of this device: tokens, role, keys. */
export async function updateIdentity(
  database: DeviceDatabase,
  dataKey: CryptoKey,
  identity: Identity,
  pushToken: string,
): Promise<Result<void, StoreFailure>> {
  const sealed = await sealJson(dataKey, 'identity', identity);
  try {
    await database.vault.update('device', { identity: sealed, pushToken });
    return ok(undefined);
  } catch (cause) {
    return err(toStoreFailure(cause));
  }
}
