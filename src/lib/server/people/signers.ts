import { createPublicKey, verify as verifySignature, type KeyObject } from 'node:crypto';
import { fromBase64Url } from '#lib/crypto/encoding.ts';
import type { Role } from '#lib/protocol/roles.ts';
import type { Queries } from '../store/store.ts';

/** A device of an operation, as the one that signs. */
export interface Signer {
  readonly device: string;
  readonly member: string;
  readonly role: Role;
  /** Raw P-256 point (65 bytes). */
  readonly signKey: Uint8Array;
  readonly isRevoked: boolean;
}

/** Checks signatures of devices. A device's key never changes, so it is prepared once. */
export interface DeviceKeys {
  verify(signer: Signer, signature: Uint8Array, bytes: Uint8Array): boolean;
}

const MAX_KEYS = 10_000;

export function deviceKeys(): DeviceKeys {
  const known = new Map<string, KeyObject>();
  const keyOf = (signer: Signer): KeyObject => {
    const before = known.get(signer.device);
    if (before) return before;
    const key = publicKeyFromPoint(signer.signKey);
    if (known.size >= MAX_KEYS) known.delete(known.keys().next().value ?? '');
    known.set(signer.device, key);
    return key;
  };
  return {
    verify: (signer, signature, bytes) => {
      const der = signatureToDer(signature);
      try {
        return der !== null && verifySignature('sha256', bytes, keyOf(signer), der);
      } catch {
        return false;
      }
    },
  };
}

/** Bytes of each of the two numbers of a P-256 signature. */
const NUMBER = 32;

/**
 * The two numbers of a signature as ASN.1, which OpenSSL verifies as it is. Given the plain numbers,
 * Node rebuilds the key with each of them to learn their size: half as much again.
 */
export function signatureToDer(signature: Uint8Array): Uint8Array | null {
  if (signature.length !== 2 * NUMBER) return null;
  const numbers = [signature.subarray(0, NUMBER), signature.subarray(NUMBER)].map(derInteger);
  const body = Buffer.concat(numbers);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}

/** As short as it can be, with a zero before it where it would else be read as negative. */
function derInteger(number: Uint8Array): Uint8Array {
  let start = 0;
  while (start < NUMBER - 1 && number[start] === 0) start += 1;
  const digits = number.subarray(start);
  const isNegative = (digits[0] ?? 0) >= 0x80;
  const head = [0x02, digits.length + (isNegative ? 1 : 0), ...(isNegative ? [0] : [])];
  return Buffer.concat([Buffer.from(head), digits]);
}

/** An uncompressed P-256 point as a key; throws when it is none. */
export function publicKeyFromPoint(point: Uint8Array): KeyObject {
  const coordinate = (from: number): string =>
    Buffer.from(point.subarray(from, from + 32)).toString('base64url');
  return createPublicKey({
    format: 'jwk',
    key: { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) },
  });
}

/** An uncompressed point (base64url) that lies on the curve, or null. */
export function pointFrom(text: string): Uint8Array<ArrayBuffer> | null {
  const point = fromBase64Url(text);
  if (point?.length !== 65 || point[0] !== 4) return null;
  try {
    publicKeyFromPoint(point);
    return point;
  } catch {
    return null;
  }
}

/** The device of this operation with this id, and the role that its person has now. */
export async function findSigner(
  db: Queries,
  operation: string,
  device: string,
): Promise<Signer | undefined> {
  const row = await db
    .selectFrom('devices')
    .innerJoin('members', 'members.id', 'devices.member')
    .select([
      'devices.id',
      'devices.member',
      'devices.signKey',
      'devices.revokedAt',
      'members.role',
    ])
    .where('devices.id', '=', device)
    .where('devices.operation', '=', operation)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    device: row.id,
    member: row.member,
    role: row.role as Role,
    signKey: row.signKey,
    isRevoked: row.revokedAt !== null,
  };
}
