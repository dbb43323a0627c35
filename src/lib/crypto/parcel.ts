import { compress, decompress } from './compress.ts';
import { concatBytes } from './encoding.ts';
import { failed, opened, type Opened } from './outcome.ts';
import { SIGNATURE_BYTES } from './signatures.ts';

/** Signed bytes, exactly as they were signed. */
export interface Signed {
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
}

/** What lies inside an envelope: the signature, then the signed bytes, compressed. */
export function packGroup(signed: Signed, dictionary: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatBytes(signed.signature, compress(signed.bytes, dictionary));
}

/** The other way round, for a parcel from anywhere; `damaged` also above `most` bytes. */
export function unpackGroup(
  parcel: Uint8Array,
  dictionary: Uint8Array,
  most: number,
): Opened<Signed> {
  if (parcel.length <= SIGNATURE_BYTES) return failed({ type: 'damaged' });
  const bytes = decompress(parcel.subarray(SIGNATURE_BYTES), dictionary, most);
  if (!bytes) return failed({ type: 'damaged' });
  return opened({ bytes, signature: parcel.slice(0, SIGNATURE_BYTES) });
}
