import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { SIGNATURE_BYTES } from '#lib/crypto/signatures.ts';
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

/** Opens envelopes and judges each by itself. Whatever is wrong with one is a code, never a throw. */
export function openEnvelopes(
  envelopes: readonly Uint8Array[],
  opening: Opening,
): Promise<Incoming[]> {
  return Promise.all(envelopes.map((envelope) => openOne(envelope, opening)));
}

async function openOne(envelope: Uint8Array, opening: Opening): Promise<Incoming> {
  const opened = opening.keys.open(envelope);
  if (!opened) return unproven('envelope_unreadable', envelope, EMPTY);
  const signature = opened.subarray(0, SIGNATURE_BYTES);
  const bytes = inflate(opened.subarray(SIGNATURE_BYTES));
  if (!bytes) return unproven('envelope_unreadable', envelope, EMPTY);
  return judgeSigned(bytes, signature, opening);
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
