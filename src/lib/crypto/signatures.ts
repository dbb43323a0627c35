import { concatBytes } from './encoding.ts';
import { failed, opened, type Opened } from './outcome.ts';
import { randomBytes } from './random.ts';

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGN = { name: 'ECDSA', hash: 'SHA-256' } as const;
const ECDH = { name: 'ECDH', namedCurve: 'P-256' } as const;
const IV = 12;

export const SIGNATURE_BYTES = 64;

/** A key pair of the device: the public point (65 bytes), and the private half under the data key. */
export interface WrappedPair {
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly wrapped: Uint8Array<ArrayBuffer>;
}

export function generateSigningPair(dataKey: CryptoKey): Promise<WrappedPair> {
  return generatePair(ECDSA, ['sign', 'verify'], dataKey);
}

export function generateSealingPair(dataKey: CryptoKey): Promise<WrappedPair> {
  return generatePair(ECDH, ['deriveBits'], dataKey);
}

/** The signing key, not extractable. */
export function unwrapSigningKey(
  wrapped: Uint8Array,
  dataKey: CryptoKey,
): Promise<Opened<CryptoKey>> {
  return unwrapPrivate(wrapped, dataKey, ECDSA, ['sign']);
}

/** The private half of the sealing pair, not extractable. */
export function unwrapSealingKey(
  wrapped: Uint8Array,
  dataKey: CryptoKey,
): Promise<Opened<CryptoKey>> {
  return unwrapPrivate(wrapped, dataKey, ECDH, ['deriveBits']);
}

/** 64 bytes: r and s. */
export async function sign(key: CryptoKey, bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign(SIGN, key, bytes as BufferSource));
}

/** Whether the holder of this public point signed these bytes. */
export async function verify(
  publicKey: Uint8Array,
  signature: Uint8Array,
  bytes: Uint8Array,
): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey as BufferSource, ECDSA, false, [
      'verify',
    ]);
    return await crypto.subtle.verify(SIGN, key, signature as BufferSource, bytes as BufferSource);
  } catch {
    return false;
  }
}

async function generatePair(
  algorithm: EcKeyGenParams,
  usages: KeyUsage[],
  dataKey: CryptoKey,
): Promise<WrappedPair> {
  const pair = (await crypto.subtle.generateKey(algorithm, true, usages)) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const iv = randomBytes(IV);
  const wrapped = await crypto.subtle.wrapKey(
    'pkcs8',
    pair.privateKey,
    dataKeyForWrapping(dataKey),
    {
      name: 'AES-GCM',
      iv,
    },
  );
  return { publicKey, wrapped: concatBytes(iv, new Uint8Array(wrapped)) };
}

async function unwrapPrivate(
  wrapped: Uint8Array,
  dataKey: CryptoKey,
  algorithm: EcKeyImportParams,
  usages: KeyUsage[],
): Promise<Opened<CryptoKey>> {
  try {
    const key = await crypto.subtle.unwrapKey(
      'pkcs8',
      wrapped.subarray(IV) as BufferSource,
      dataKeyForWrapping(dataKey),
      { name: 'AES-GCM', iv: wrapped.subarray(0, IV) as BufferSource },
      algorithm,
      false,
      usages,
    );
    return opened(key);
  } catch {
    return failed({ type: 'damaged' });
  }
}

function dataKeyForWrapping(dataKey: CryptoKey): CryptoKey {
  if (!dataKey.usages.includes('wrapKey')) throw new Error('the data key cannot wrap');
  return dataKey;
}
