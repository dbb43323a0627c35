import { concatBytes, toBase64Url, toUtf8 } from '#lib/crypto/encoding.ts';
import type { ServerKeys } from '../keys.ts';

export interface CertifiedDevice {
  readonly operation: string;
  readonly device: string;
  readonly signKey: Uint8Array;
  readonly sealKey: Uint8Array;
}

/** The bytes that a certificate signs: which keys this device of this operation has. */
export function certifiedBytes(device: CertifiedDevice): Uint8Array {
  return concatBytes(
    toUtf8(`crossline device 1|${device.operation}|${device.device}|`),
    device.signKey,
    device.sealKey,
  );
}

/**
 * The server's signature over a device's keys, so that a colleague's phone can believe them without
 * any network: `server's public point.signature`, both base64url. A device trusts the point that it
 * was enrolled with.
 */
export async function certify(keys: ServerKeys, device: CertifiedDevice): Promise<string> {
  const signature = await keys.sign(certifiedBytes(device));
  return `${toBase64Url(keys.signing.publicKey)}.${toBase64Url(signature)}`;
}
