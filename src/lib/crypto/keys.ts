import { failed, opened, type Opened } from './outcome.ts';
import { randomBytes } from './random.ts';
import { concatBytes } from './encoding.ts';

const IV = 12;
const DATA_KEY_USES: KeyUsage[] = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];

/** A new data key that can still be wrapped; what is used afterwards is unwrapped from that. */
export function generateDataKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, DATA_KEY_USES);
}

/** The data key under the passphrase's key: nonce, then what is sealed. */
export async function wrapDataKey(
  dataKey: CryptoKey,
  passphraseKey: CryptoKey,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = randomBytes(IV);
  const wrapped = await crypto.subtle.wrapKey('raw', dataKey, passphraseKey, {
    name: 'AES-GCM',
    iv,
  });
  return concatBytes(iv, new Uint8Array(wrapped));
}

/** The data key, not extractable. A wrong passphrase shows by this failing; no hash of it exists. */
export function unwrapDataKey(
  wrapped: Uint8Array,
  passphraseKey: CryptoKey,
): Promise<Opened<CryptoKey>> {
  return unwrap(wrapped, passphraseKey, false);
}

/** The same data key under the key of another passphrase; what is sealed with it stays as it is. */
export async function rewrapDataKey(
  wrapped: Uint8Array,
  passphraseKey: CryptoKey,
  newPassphraseKey: CryptoKey,
): Promise<Opened<Uint8Array<ArrayBuffer>>> {
  const key = await unwrap(wrapped, passphraseKey, true);
  return key.ok ? opened(await wrapDataKey(key.value, newPassphraseKey)) : key;
}

async function unwrap(
  wrapped: Uint8Array,
  passphraseKey: CryptoKey,
  extractable: boolean,
): Promise<Opened<CryptoKey>> {
  try {
    const key = await crypto.subtle.unwrapKey(
      'raw',
      wrapped.subarray(IV) as BufferSource,
      passphraseKey,
      { name: 'AES-GCM', iv: wrapped.subarray(0, IV) as BufferSource },
      { name: 'AES-GCM' },
      extractable,
      DATA_KEY_USES,
    );
    return opened(key);
  } catch {
    return failed({ type: 'wrong_key' });
  }
}

/** 32 bytes of Argon2id to the key that wraps; the bytes are overwritten. */
export async function importPassphraseKey(bytes: Uint8Array): Promise<CryptoKey> {
  const key = await crypto.subtle.importKey('raw', bytes as BufferSource, 'AES-GCM', false, [
    'wrapKey',
    'unwrapKey',
  ]);
  bytes.fill(0);
  return key;
}
