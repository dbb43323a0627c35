import { fromBase64Url, toBase64Url } from '#lib/crypto/encoding.ts';
import { verify } from '#lib/crypto/signatures.ts';
import { certifiedBytes, type CertifiedDevice } from '#lib/protocol/certificate.ts';
import type { Certificate } from '#lib/protocol/wire-values.ts';
import type { ServerKeys } from '../keys.ts';
import { pointFrom } from './signers.ts';

/**
 * The server's signature over a device's keys, so that a colleague's phone can believe them without
 * any network, and a restored server what it no longer remembers: `server's public point.signature`,
 * both base64url. A device trusts the point that it was enrolled with.
 */
export async function certify(keys: ServerKeys, device: CertifiedDevice): Promise<string> {
  const signature = await keys.sign(certifiedBytes(device));
  return `${toBase64Url(keys.signing.publicKey)}.${toBase64Url(signature)}`;
}

/** The device that a certificate speaks of, where this server itself signed it for this operation. */
export async function readCertificate(
  keys: ServerKeys,
  operation: string,
  certificate: Certificate,
): Promise<CertifiedDevice | null> {
  const { device, member, role } = certificate;
  // Each a whole point: what is signed runs them together, and tells not where one ends.
  const signKey = pointFrom(certificate.signKey);
  const sealKey = pointFrom(certificate.sealKey);
  const signature = fromBase64Url(certificate.certificate.split('.')[1] ?? '');
  if (!signKey || !sealKey || !signature) return null;
  const certified = { operation, device, member, role, signKey, sealKey };
  const isOurs = await verify(keys.signing.publicKey, signature, certifiedBytes(certified));
  return isOurs ? certified : null;
}
