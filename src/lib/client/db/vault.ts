import { generateDataKey, unwrapDataKey, wrapDataKey } from '#lib/crypto/keys.ts';
import {
  derivePassphraseKey,
  newPassphraseSalt,
  type PassphraseSalt,
} from '#lib/crypto/passphrase-key.ts';
import {
  generateSealingPair,
  generateSigningPair,
  unwrapSigningKey,
  type WrappedPair,
} from '#lib/crypto/signatures.ts';
import type { CryptoFailure } from '#lib/crypto/outcome.ts';
import { toUtf8 } from '#lib/crypto/encoding.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { sealingCipher, type Cipher } from './cipher.ts';
import type { DeviceDatabase, VaultRow } from './database.ts';

/** Who this device is: sealed, because it names an operation and a person. */
export interface Enrolment {
  readonly operation: string;
  readonly operationName: string;
  readonly device: string;
  readonly member: string;
  readonly name: string;
  readonly role: string;
  readonly fullToken: string;
  readonly certificate: string;
  readonly serverKeys: readonly { readonly id: string; readonly public: string }[];
}

/** Keys made before anything is asked of the server; nothing of it is stored yet. */
export interface NewKeys {
  readonly salt: PassphraseSalt;
  readonly wrappedKey: Uint8Array;
  readonly dataKey: CryptoKey;
  readonly signing: WrappedPair;
  readonly sealing: WrappedPair;
}

/** What an unlocked device works with: in memory only, not extractable, gone when it locks. */
export interface Unlocked {
  readonly dataKey: CryptoKey;
  readonly signingKey: CryptoKey;
  readonly cipher: Cipher;
  readonly enrolment: Enrolment;
}

export type UnlockFailure =
  | { readonly type: 'not_enrolled' }
  | { readonly type: 'wrong_passphrase' }
  | { readonly type: 'storage_failed'; readonly reason: string };

const IDENTITY = 'identity';

export async function makeKeys(passphrase: string): Promise<Result<NewKeys, UnlockFailure>> {
  const salt = await newPassphraseSalt();
  if (!salt.ok) return err(storageFailed(salt.error));
  const passphraseKey = await derivePassphraseKey(passphrase, salt.value);
  if (!passphraseKey.ok) return err(storageFailed(passphraseKey.error));
  const first = await generateDataKey();
  const wrappedKey = await wrapDataKey(first, passphraseKey.value);
  const dataKey = await unwrapDataKey(wrappedKey, passphraseKey.value);
  if (!dataKey.ok) throw new Error('a key that was just wrapped unwraps');
  const [signing, sealing] = await Promise.all([
    generateSigningPair(dataKey.value),
    generateSealingPair(dataKey.value),
  ]);
  return ok({ salt: salt.value, wrappedKey, dataKey: dataKey.value, signing, sealing });
}

export interface FirstTransport {
  readonly pushToken: string;
  readonly epoch: string;
  readonly replica: string;
  readonly at: string;
}

/** Stores the keys and who this device is; from now on it is enrolled. */
export async function storeVault(
  db: DeviceDatabase,
  keys: NewKeys,
  enrolment: Enrolment,
  transport: FirstTransport,
): Promise<Unlocked> {
  const cipher = sealingCipher(keys.dataKey);
  const row: VaultRow = {
    id: 'vault',
    salt: keys.salt.salt,
    parameters: keys.salt.parameters,
    wrappedKey: keys.wrappedKey,
    wrappedSigning: keys.signing.wrapped,
    wrappedSealing: keys.sealing.wrapped,
    signPublic: keys.signing.publicKey,
    sealPublic: keys.sealing.publicKey,
    bytes: await sealEnrolment(cipher, enrolment),
  };
  const signingKey = await unwrapSigningKey(keys.signing.wrapped, keys.dataKey);
  if (!signingKey.ok) throw new Error('a key that was just wrapped unwraps');
  const { pushToken, epoch, replica, at } = transport;
  await db.transaction('rw', [db.vault, db.transport], async () => {
    await db.vault.add(row);
    await db.transport.put({ id: 'transport', pushToken, epoch, replica, n: 0, lastContact: at });
  });
  return { dataKey: keys.dataKey, signingKey: signingKey.value, cipher, enrolment };
}

/** A right passphrase shows by the key unwrapping; no hash of it is kept anywhere. */
export async function openVault(
  db: DeviceDatabase,
  passphrase: string,
): Promise<Result<Unlocked, UnlockFailure>> {
  const row = await db.vault.get('vault');
  if (!row) return err({ type: 'not_enrolled' });
  const passphraseKey = await derivePassphraseKey(passphrase, row);
  if (!passphraseKey.ok) return err(storageFailed(passphraseKey.error));
  const dataKey = await unwrapDataKey(row.wrappedKey, passphraseKey.value);
  if (!dataKey.ok) return err({ type: 'wrong_passphrase' });
  const cipher = sealingCipher(dataKey.value);
  const [signingKey, identity] = await Promise.all([
    unwrapSigningKey(row.wrappedSigning, dataKey.value),
    cipher.open(IDENTITY, row.bytes),
  ]);
  if (!signingKey.ok || !identity) return err({ type: 'storage_failed', reason: 'vault_damaged' });
  const enrolment = JSON.parse(new TextDecoder().decode(identity)) as Enrolment;
  return ok({ dataKey: dataKey.value, signingKey: signingKey.value, cipher, enrolment });
}

/** New tokens, another role or another key of the server. */
export async function updateEnrolment(
  db: DeviceDatabase,
  cipher: Cipher,
  enrolment: Enrolment,
  pushToken: string | undefined,
): Promise<void> {
  const bytes = await sealEnrolment(cipher, enrolment);
  await db.transaction('rw', [db.vault, db.transport], async () => {
    await db.vault.update('vault', { bytes });
    if (pushToken !== undefined) await db.transport.update('transport', { pushToken });
  });
}

function sealEnrolment(cipher: Cipher, enrolment: Enrolment): Promise<Uint8Array> {
  return cipher.seal(IDENTITY, toUtf8(JSON.stringify(enrolment)));
}

function storageFailed(failure: CryptoFailure): UnlockFailure {
  return { type: 'storage_failed', reason: failure.type };
}
