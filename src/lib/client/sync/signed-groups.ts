import type { Group } from '#lib/changes/change.ts';
import { compress } from '#lib/crypto/compress.ts';
import { concatBytes, fromBase64Url } from '#lib/crypto/encoding.ts';
import { sealEnvelope } from '#lib/crypto/envelope.ts';
import { sign, SIGNATURE_BYTES } from '#lib/crypto/signatures.ts';
import { DICTIONARY } from '#lib/protocol/dictionary.ts';
import { decodeGroup, encodeGroup } from '#lib/protocol/group-codec.ts';

export interface ServerKey {
  readonly id: string;
  /** Raw P-256 point, base64url. */
  readonly public: string;
}

/** Signature, then the bytes that it signs: how a group is kept and pulled. */
export async function signGroup(group: Group, key: CryptoKey): Promise<Uint8Array> {
  const bytes = encodeGroup(group);
  return concatBytes(await sign(key, bytes), bytes);
}

/** The group in a signed one; `undefined` where it cannot be read. */
export function readSigned(signed: Uint8Array): Group | undefined {
  const decoded = decodeGroup(signed.subarray(SIGNATURE_BYTES));
  return decoded.ok ? decoded.value : undefined;
}

/** What leaves the device: readable by the server alone, whoever carries it. */
export async function sealToServer(signed: Uint8Array, key: ServerKey): Promise<Uint8Array> {
  const publicKey = fromBase64Url(key.public);
  if (!publicKey) throw new Error('the key of a server is base64url');
  const compressed = compress(signed.subarray(SIGNATURE_BYTES), DICTIONARY);
  const plain = concatBytes(signed.subarray(0, SIGNATURE_BYTES), compressed);
  return sealEnvelope({ id: key.id, publicKey }, plain);
}
