import { sha256 } from '@noble/hashes/sha2.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function base64url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    text += ALPHABET[a >> 2] ?? '';
    text += ALPHABET[((a & 3) << 4) | ((b ?? 0) >> 4)] ?? '';
    if (b !== undefined) text += ALPHABET[((b & 15) << 2) | ((c ?? 0) >> 6)] ?? '';
    if (c !== undefined) text += ALPHABET[c & 63] ?? '';
  }
  return text;
}

/**
 * The id of a record that comes from a file: the same for the same operation, kind and natural key,
 * so that two people who import one file make the same records. The operation's own random id is
 * in it, so nobody can guess an id from a name.
 */
export function importedRecordId(operation: string, kind: string, naturalKey: string): string {
  const bytes = new TextEncoder().encode(`${operation}|${kind}|${naturalKey}`);
  return base64url(sha256(bytes).subarray(0, 16));
}
