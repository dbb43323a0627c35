import { timingSafeEqual } from 'node:crypto';
import { fromBase64Url, toBase64Url } from '#lib/crypto/encoding.ts';
import { randomId } from '#lib/crypto/random.ts';
import { verify } from '#lib/crypto/signatures.ts';
import { certifiedBytes, type CertifiedDevice } from '#lib/protocol/certificate.ts';
import { ROLES, type Role } from '#lib/protocol/roles.ts';
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

/** Begins a certificate that hides the role: no point of the server's begins so. */
const HIDDEN = 'hidden-1';

/** What such a certificate says instead of the role: nothing. */
export const ROLE_UNTOLD: Role = 'observer';

/**
 * For whoever carries groups and may not know who is what (docs/adr/0186): only this server, or one
 * restored from its backup, finds the role in it. A new word each time, so that two of them do not
 * tell whether a role has changed either.
 */
export function certifyHidden(keys: Pick<ServerKeys, 'blind'>, device: CertifiedDevice): string {
  const salt = randomId();
  return [HIDDEN, salt, hiddenWord(keys, device, salt)].join('.');
}

function hiddenWord(
  keys: Pick<ServerKeys, 'blind'>,
  device: CertifiedDevice,
  salt: string,
): string {
  return keys.blind(`certificate|${salt}|${toBase64Url(certifiedBytes(device))}`);
}

/** The device that a certificate speaks of, where this server itself made it for this operation. */
export async function readCertificate(
  keys: ServerKeys,
  operation: string,
  certificate: Certificate,
): Promise<CertifiedDevice | null> {
  const { device, member, role } = certificate;
  // Each a whole point: what is signed runs them together, and tells not where one ends.
  const signKey = pointFrom(certificate.signKey);
  const sealKey = pointFrom(certificate.sealKey);
  if (!signKey || !sealKey) return null;
  const certified = { operation, device, member, role, signKey, sealKey };
  const [by, proof = '', word] = certificate.certificate.split('.');
  if (by === HIDDEN) {
    const candidates = ROLES.map((one) => ({ ...certified, role: one }));
    return candidates.find((one) => isSameText(word ?? '', hiddenWord(keys, one, proof))) ?? null;
  }
  const signature = fromBase64Url(proof);
  if (!signature) return null;
  const isOurs = await verify(keys.signing.publicKey, signature, certifiedBytes(certified));
  return isOurs ? certified : null;
}

/** In a time that does not tell how much of it was right. */
function isSameText(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
