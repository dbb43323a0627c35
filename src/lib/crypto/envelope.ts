import { concatBytes, fromBase64Url, toBase64Url, toUtf8 } from './encoding.ts';
import { failed, opened, type Opened } from './outcome.ts';

/**
 * What leaves a device: sealed to one public key (ECDH P-256, HKDF-SHA-256, AES-256-GCM), readable
 * by its holder alone, whoever carries it. Layout: version 1 (1 byte), id of the key (8 bytes), the
 * sender's single-use public point (65 bytes), the sealed bytes. Every envelope has a key of its
 * own, so its nonce is derived with it and needs no room.
 */

const VERSION = 1;
const KEY_ID = 8;
const POINT = 65;
const HEAD = 1 + KEY_ID + POINT;
const ECDH = { name: 'ECDH', namedCurve: 'P-256' } as const;

/** The id of a sealing key: the first 8 bytes of the SHA-256 of its public point. */
export async function sealingKeyId(publicKey: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', publicKey as BufferSource);
  return toBase64Url(new Uint8Array(digest).subarray(0, KEY_ID));
}

export async function sealEnvelope(
  recipient: { readonly id: string; readonly publicKey: Uint8Array },
  bytes: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const keyId = fromBase64Url(recipient.id);
  if (keyId?.length !== KEY_ID) throw new Error('a sealing key id has 8 bytes');
  const theirs = await importPoint(recipient.publicKey);
  const mine = (await crypto.subtle.generateKey(ECDH, false, ['deriveBits'])) as CryptoKeyPair;
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', mine.publicKey));
  const head = concatBytes(Uint8Array.of(VERSION), keyId, point);
  const { key, iv } = await deriveKey(mine.privateKey, theirs, head, 'encrypt');
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: head },
    key,
    bytes as BufferSource,
  );
  return concatBytes(head, new Uint8Array(sealed));
}

/** The key that an envelope is sealed to; anything else has some other text. */
export function envelopeKeyId(envelope: Uint8Array): string {
  return toBase64Url(envelope.subarray(1, 1 + KEY_ID));
}

/** Opens an envelope with the private key that its key id names. */
export async function openEnvelope(
  privateKeyOf: (keyId: string) => CryptoKey | undefined,
  envelope: Uint8Array,
): Promise<Opened<Uint8Array<ArrayBuffer>>> {
  if (envelope.length < HEAD + 16 || envelope[0] !== VERSION) return failed({ type: 'damaged' });
  const keyId = envelopeKeyId(envelope);
  const privateKey = privateKeyOf(keyId);
  if (!privateKey) return failed({ type: 'unknown_server_key', keyId });
  const head = envelope.slice(0, HEAD);
  try {
    const theirs = await importPoint(head.subarray(1 + KEY_ID));
    const { key, iv } = await deriveKey(privateKey, theirs, head, 'decrypt');
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData: head },
      key,
      envelope.subarray(HEAD) as BufferSource,
    );
    return opened(new Uint8Array(plain));
  } catch {
    return failed({ type: 'damaged' });
  }
}

async function deriveKey(
  mine: CryptoKey,
  theirs: CryptoKey,
  head: Uint8Array<ArrayBuffer>,
  use: 'encrypt' | 'decrypt',
): Promise<{ key: CryptoKey; iv: Uint8Array<ArrayBuffer> }> {
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, mine, 256);
  const secret = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveBits']);
  const info = toUtf8('crossline envelope 1');
  const bits = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: head, info },
    secret,
    (32 + 12) * 8,
  );
  const key = await crypto.subtle.importKey('raw', bits.slice(0, 32), 'AES-GCM', false, [use]);
  return { key, iv: new Uint8Array(bits.slice(32)) };
}

function importPoint(point: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', point as BufferSource, ECDH, false, []);
}
