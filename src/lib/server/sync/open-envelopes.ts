import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import type { SignedGroup } from '#lib/changes/change.ts';
import { SIGNATURE_BYTES } from '#lib/crypto/signatures.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { decodeGroup } from '#lib/protocol/group-codec.ts';
import type { QuarantineCode } from '#lib/protocol/codes.ts';
import { DICTIONARY } from '#lib/protocol/dictionary.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import type { ServerKeys } from '../keys.ts';
import type { DeviceKeys, Signer } from '../people/signers.ts';
import { UNPROVEN, type Incoming } from './incoming.ts';
import { judgeAlone } from './judge.ts';

const EMPTY = new Uint8Array(0);

/** What it takes to open and judge the envelopes of one operation. */
export interface Opening {
  readonly operation: string;
  readonly keys: Pick<ServerKeys, 'open'>;
  /** The device of this operation that has this id. */
  readonly signer: (device: string) => Promise<Signer | undefined>;
  readonly verify: DeviceKeys['verify'];
}

/** Bytes that the groups of one push may come to: far beyond any device, far below the memory. */
const INFLATED_BYTES = 32 * 1024 * 1024;

/**
 * Opens envelopes and judges each by itself. Whatever is wrong with one is a code, never a throw;
 * only when they swell beyond all measure together is the whole push too large.
 */
export async function openEnvelopes(
  envelopes: readonly Uint8Array[],
  opening: Opening,
): Promise<Result<Incoming[], 'too_large'>> {
  const opened = [];
  let size = 0;
  for (const envelope of envelopes) {
    const signed = openOne(envelope, opening);
    opened.push({ envelope, signed });
    size += signed?.bytes.length ?? 0;
    if (size > INFLATED_BYTES) return err('too_large');
  }
  const judged = opened.map(async ({ envelope, signed }) =>
    signed
      ? judgeSigned(signed.bytes, signed.signature, opening)
      : unproven('envelope_unreadable', envelope, EMPTY),
  );
  return ok(await Promise.all(judged));
}

function openOne(envelope: Uint8Array, opening: Opening): SignedGroup | null {
  const opened = opening.keys.open(envelope);
  if (!opened) return null;
  const bytes = inflate(opened.subarray(SIGNATURE_BYTES));
  return bytes && { bytes, signature: opened.subarray(0, SIGNATURE_BYTES) };
}

/** Judges a group with its signature, however it came: sealed, or carried by another device. */
export async function judgeSigned(
  bytes: Uint8Array,
  signature: Uint8Array,
  opening: Opening,
): Promise<Incoming> {
  const decoded = decodeGroup(bytes);
  if (!decoded.ok) return unproven('group_unreadable', bytes, signature);
  const group = decoded.value;
  const claims = group.id;
  if (group.operation !== opening.operation) {
    return unproven('wrong_operation', bytes, signature, claims);
  }
  const signer = await opening.signer(group.device);
  if (!signer) return unproven('device_unknown', bytes, signature, claims);
  if (!(await opening.verify(signer, signature, bytes))) {
    return unproven('signature_wrong', bytes, signature, claims);
  }
  const author = { member: signer.member, role: signer.role };
  const code = signer.isRevoked ? 'device_revoked' : judgeAlone(group, author);
  if (!code) return { verdict: 'sound', id: group.id, group, author, bytes, signature };
  const { device, stream } = group;
  const from = { device, author: author.member, stream };
  return { verdict: 'refused', id: group.id, claims, code, ...from, bytes, signature };
}

/** A small envelope must not become a large group: inflating stops at the limit. */
function inflate(compressed: Uint8Array): Uint8Array | null {
  try {
    return inflateRawSync(compressed, {
      dictionary: DICTIONARY,
      maxOutputLength: LIMITS.groupBytes,
    });
  } catch {
    return null;
  }
}

function unproven(
  code: QuarantineCode,
  bytes: Uint8Array,
  signature: Uint8Array,
  claims: string | null = null,
): Incoming {
  const digest = createHash('sha256').update(signature).update(bytes).digest('base64url');
  const hash = digest.slice(0, 22);
  return {
    verdict: 'refused',
    id: `${UNPROVEN}${hash}`,
    claims: claims ?? hash,
    code,
    device: '',
    author: '',
    stream: '',
    bytes,
    signature,
  };
}
