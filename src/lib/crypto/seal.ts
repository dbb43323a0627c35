import { concatBytes, toUtf8 } from './encoding.ts';
import { failed, opened, type Opened } from './outcome.ts';
import { randomBytes } from './random.ts';

const IV = 12;

/**
 * A row as it lies on the device: AES-256-GCM under the data key, its random 96-bit nonce in
 * front. Its id and schema are bound to it, so that no row can stand in another's place.
 */
export async function sealRow(
  key: CryptoKey,
  id: string,
  schema: number,
  bytes: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = randomBytes(IV);
  const algorithm = { name: 'AES-GCM', iv, additionalData: boundTo(id, schema) };
  const sealed = await crypto.subtle.encrypt(algorithm, key, bytes as BufferSource);
  return concatBytes(iv, new Uint8Array(sealed));
}

/** The bytes of a sealed row; `damaged` where it is not this row, of this key, whole. */
export async function openRow(
  key: CryptoKey,
  id: string,
  schema: number,
  sealed: Uint8Array,
): Promise<Opened<Uint8Array<ArrayBuffer>>> {
  if (sealed.length < IV + 16) return failed({ type: 'damaged' });
  const algorithm = {
    name: 'AES-GCM',
    iv: sealed.subarray(0, IV) as BufferSource,
    additionalData: boundTo(id, schema),
  };
  try {
    const plain = await crypto.subtle.decrypt(algorithm, key, sealed.subarray(IV) as BufferSource);
    return opened(new Uint8Array(plain));
  } catch {
    return failed({ type: 'damaged' });
  }
}

function boundTo(id: string, schema: number): Uint8Array<ArrayBuffer> {
  return toUtf8(`crossline row ${schema} ${id}`);
}
