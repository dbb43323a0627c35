import type { Role } from './roles.ts';

export interface CertifiedDevice {
  readonly operation: string;
  readonly device: string;
  /** The author id of the person whose device it is, and what that person may do. */
  readonly member: string;
  readonly role: Role;
  /** Raw P-256 points. */
  readonly signKey: Uint8Array;
  readonly sealKey: Uint8Array;
}

/** The bytes that a certificate signs: which keys this device of this operation has, and whose it is. */
export function certifiedBytes(of: CertifiedDevice): Uint8Array {
  const head = `crossline device 2|${of.operation}|${of.device}|${of.member}|${of.role}|`;
  const text = new TextEncoder().encode(head);
  const bytes = new Uint8Array(text.length + of.signKey.length + of.sealKey.length);
  bytes.set(text);
  bytes.set(of.signKey, text.length);
  bytes.set(of.sealKey, text.length + of.signKey.length);
  return bytes;
}

/** What a device signs to show that it has the key with which it uses an invite (`proof`). */
export function enrolProofBytes(token: string, signKey: string, sealKey: string): Uint8Array {
  return new TextEncoder().encode(`crossline enrol 1|${token}|${signKey}|${sealKey}`);
}
