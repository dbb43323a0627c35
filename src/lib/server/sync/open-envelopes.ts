import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import type { Group, SignedGroup } from '#lib/changes/change.ts';
import { SIGNATURE_BYTES } from '#lib/crypto/signatures.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { decodeGroup } from '#lib/protocol/group-codec.ts';
import type { QuarantineCode } from '#lib/protocol/codes.ts';
import { DICTIONARY } from '#lib/protocol/dictionary.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import type { DeviceKeys, Signer } from '../people/signers.ts';
import { UNPROVEN, type Incoming, type RefusedEnvelope } from './incoming.ts';
import { judgeAlone } from './judge.ts';
import type { Opener } from './open-sealed.ts';

const EMPTY = new Uint8Array(0);

/** What one device sends to one operation, and what it takes to open and judge it. */
export interface Opening {
  readonly operation: string;
  /** The device that brings it: most groups are its own, and judged at once. */
  readonly carrier: Signer;
  readonly open: Opener;
  readonly verify: DeviceKeys['verify'];
}

/** A readable group that another device signed: who that is, the store must tell. */
export interface ForeignGroup {
  readonly verdict: 'foreign';
  readonly group: Group;
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
}

/** Bytes that nearly every group has room in. */
const INFLATED_AT_ONCE = 4 * 1024;
/** Bytes that the groups of one push may come to: far beyond any device, far below the memory. */
const INFLATED_BYTES = 32 * 1024 * 1024;

/**
 * Opens envelopes (base64url) and judges each by itself. Whatever is wrong with one is a code, never
 * a throw; only when they swell beyond all measure together is the whole push too large. Nothing but
 * computing: it runs in whichever thread has the time.
 */
export function openEnvelopes(
  envelopes: readonly string[],
  opening: Opening,
): Result<(Incoming | ForeignGroup)[], 'too_large'> {
  const opened: (Incoming | ForeignGroup)[] = [];
  let size = 0;
  for (const text of envelopes) {
    const one = openAlone(text, opening.open);
    size += one.bytes.length;
    if (size > INFLATED_BYTES) return err('too_large');
    opened.push(one.verdict === 'foreign' ? judgeCarried(one, opening) : one);
  }
  return ok(opened);
}

/** Opens one envelope (base64url): a readable group, whoever signed it, or why there is none. */
export function openAlone(text: string, open: Opener): RefusedEnvelope | ForeignGroup {
  const envelope = Buffer.from(text, 'base64url');
  const signed = inflated(open(envelope));
  if (!signed) return unproven('envelope_unreadable', envelope, EMPTY);
  const { bytes, signature } = signed;
  const decoded = decodeGroup(bytes);
  if (!decoded.ok) return unproven('group_unreadable', bytes, signature);
  return { verdict: 'foreign', group: decoded.value, bytes, signature };
}

function inflated(opened: Uint8Array | null): SignedGroup | null {
  const bytes = opened && inflate(opened.subarray(SIGNATURE_BYTES));
  return bytes && { bytes: alone(bytes), signature: alone(opened.subarray(0, SIGNATURE_BYTES)) };
}

/**
 * Bytes in a buffer of their own: between threads the whole buffer goes over that bytes lie in, and
 * what zlib reserved for them is fifty times as long as most groups.
 */
const alone = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes);

function judgeCarried(
  one: ForeignGroup,
  { operation, carrier, verify }: Opening,
): Incoming | ForeignGroup {
  const { group, bytes, signature } = one;
  if (group.operation !== operation) {
    return unproven('wrong_operation', bytes, signature, group.id);
  }
  return group.device === carrier.device ? judgeSigned(one, carrier, verify) : one;
}

/** Judges a group by its signature and its signer, whoever carried it. */
export function judgeSigned(
  { group, bytes, signature }: ForeignGroup,
  signer: Signer | undefined,
  verify: DeviceKeys['verify'],
): Incoming {
  const claims = group.id;
  if (!signer) return unproven('device_unknown', bytes, signature, claims);
  if (!verify(signer, signature, bytes)) {
    return unproven('signature_wrong', bytes, signature, claims);
  }
  const author = { member: signer.member, role: signer.role };
  const code = signer.isRevoked ? 'device_revoked' : judgeAlone(group, author);
  if (!code) return { verdict: 'sound', id: group.id, group, author, bytes, signature };
  const { device, stream } = group;
  const from = { device, author: author.member, stream };
  return { verdict: 'refused', id: group.id, claims, code, ...from, bytes, signature };
}

/** A group that says something else than the one which the store has under its id. */
export function clashing(one: Incoming): RefusedEnvelope {
  const { bytes, signature } = one;
  const from =
    one.verdict === 'sound'
      ? { device: one.group.device, author: one.author.member, stream: one.group.stream }
      : { device: one.device, author: one.author, stream: one.stream };
  return { ...unproven('id_clash', bytes, signature, one.id), ...from };
}

/** A small envelope must not become a large group: inflating stops at the limit. */
function inflate(compressed: Uint8Array): Uint8Array | null {
  try {
    return inflateRawSync(compressed, {
      dictionary: DICTIONARY,
      chunkSize: INFLATED_AT_ONCE,
      maxOutputLength: LIMITS.groupBytes,
    });
  } catch {
    return null;
  }
}

/** What the store calls bytes of which nobody is proven to have signed them as this group. */
export function unprovenId(bytes: Uint8Array, signature: Uint8Array): string {
  const digest = createHash('sha256').update(signature).update(bytes).digest('base64url');
  return `${UNPROVEN}${digest.slice(0, 22)}`;
}

function unproven(
  code: QuarantineCode,
  bytes: Uint8Array,
  signature: Uint8Array,
  claims: string | null = null,
): RefusedEnvelope {
  const id = unprovenId(bytes, signature);
  return {
    verdict: 'refused',
    id,
    claims: claims ?? id.slice(UNPROVEN.length),
    code,
    device: '',
    author: '',
    stream: '',
    bytes,
    signature,
  };
}
