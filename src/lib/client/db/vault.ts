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
  /** What the server signed of this device when it was enrolled, and the role that it says. */
  readonly certificate: { readonly signed: string; readonly role: string };
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
  readonly publicKeys: { readonly sign: Uint8Array; readonly seal: Uint8Array };
  readonly enrolment: Enrolment;
}

export type UnlockFailure =
  | { readonly type: 'not_enrolled' }
  | { readonly type: 'wrong_passphrase' }
  | { readonly type: 'storage_failed'; readonly reason: string };

/** An invite that is being used: kept until the server's answer is, so that no crash can spend it. */
export interface Pending {
  readonly token: string;
  readonly name?: string | undefined;
}

/** Keys that are stored under a passphrase, and an invite that they were made for. */
export interface HalfEnrolled extends Omit<Unlocked, 'enrolment'> {
  readonly pending: Pending;
}

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

/** Whether somebody is enrolled here; keys alone, of an invite that is being used, do not count. */
export async function isEnrolled(db: DeviceDatabase): Promise<boolean> {
  return (await db.transport.count()) > 0;
}

/** Stores new keys with the invite that they are for, before the server hears of either. */
export async function storePending(
  db: DeviceDatabase,
  keys: NewKeys,
  pending: Pending,
): Promise<HalfEnrolled> {
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
    bytes: await sealIdentity(cipher, { pending }),
  };
  const signingKey = await unwrapSigningKey(keys.signing.wrapped, keys.dataKey);
  if (!signingKey.ok) throw new Error('a key that was just wrapped unwraps');
  await db.vault.put(row);
  const publicKeys = { sign: row.signPublic, seal: row.sealPublic };
  const { dataKey } = keys;
  return { dataKey, signingKey: signingKey.value, cipher, pending, publicKeys };
}

/** Stores who this device is; from now on it is enrolled. */
export async function storeEnrolment(
  db: DeviceDatabase,
  half: HalfEnrolled,
  enrolment: Enrolment,
  transport: FirstTransport,
): Promise<Unlocked> {
  const { pending: _used, ...opened } = half;
  const { cipher } = opened;
  const bytes = await sealIdentity(cipher, enrolment);
  const { pushToken, epoch, replica, at } = transport;
  await db.transaction('rw', [db.vault, db.transport], async () => {
    await db.vault.update('vault', { bytes });
    await db.transport.put({ id: 'transport', pushToken, epoch, replica, n: 0, lastContact: at });
  });
  return { ...opened, enrolment };
}

/** A right passphrase shows by the key unwrapping; no hash of it is kept anywhere. */
export async function openVault(
  db: DeviceDatabase,
  passphrase: string,
): Promise<Result<Unlocked | HalfEnrolled, UnlockFailure>> {
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
  const publicKeys = { sign: row.signPublic, seal: row.sealPublic };
  const opened = { dataKey: dataKey.value, signingKey: signingKey.value, cipher, publicKeys };
  const who = JSON.parse(new TextDecoder().decode(identity)) as Enrolment | { pending: Pending };
  return ok('pending' in who ? { ...opened, ...who } : { ...opened, enrolment: who });
}

/** New tokens, another role or another key of the server. */
export async function updateEnrolment(
  db: DeviceDatabase,
  cipher: Cipher,
  enrolment: Enrolment,
  pushToken: string | undefined,
): Promise<void> {
  const bytes = await sealIdentity(cipher, enrolment);
  await db.transaction('rw', [db.vault, db.transport], async () => {
    await db.vault.update('vault', { bytes });
    if (pushToken !== undefined) await db.transport.update('transport', { pushToken });
  });
}

function sealIdentity(
  cipher: Cipher,
  identity: Enrolment | { readonly pending: Pending },
): Promise<Uint8Array> {
  return cipher.seal(IDENTITY, toUtf8(JSON.stringify(identity)));
}

function storageFailed(failure: CryptoFailure): UnlockFailure {
  return { type: 'storage_failed', reason: failure.type };
}
