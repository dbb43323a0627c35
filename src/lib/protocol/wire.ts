import * as v from 'valibot';
import { ERROR_CODES, QUARANTINE_CODES } from './codes.ts';
import { LIMITS } from './limits.ts';
import {
  bytes,
  certificate,
  cursor,
  cursors,
  id,
  instant,
  name,
  publicKey,
  role,
  seq,
  signedGroup,
  stream,
} from './wire-values.ts';

/** What syncing says over the wire, as both sides check it (docs/api.md). Bytes are base64url. */

export type { Cursor, Cursors } from './wire-values.ts';

export const pullRequest = v.object({ epoch: id, cursors, schema: v.number() });
export type PullRequest = v.InferOutput<typeof pullRequest>;

export const streamPage = v.object({
  groups: v.array(signedGroup),
  cursor,
  /** There is more than this page holds. */
  more: v.boolean(),
});

export const pullResponse = v.object({
  epoch: id,
  streams: v.object({ log: v.optional(streamPage), movements: v.optional(streamPage) }),
  /** Streams that this device may no longer read. */
  gone: v.array(stream),
  /** Streams in which the server has another past, or none, where the cursor stands (S7): the
   * device starts them from the beginning and pushes again what it holds. */
  rewind: v.array(stream),
  /** What the person behind this device is now: an owner may have changed it. */
  role: v.optional(role),
  serverTime: instant,
});
export type PullResponse = v.InferOutput<typeof pullResponse>;

export const pushRequest = v.object({
  epoch: id,
  replica: id,
  /** Number of the first envelope; the others follow without gaps. Numbers start at 1. */
  from: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  envelopes: v.pipe(v.array(bytes(LIMITS.envelopeBytes)), v.maxLength(LIMITS.envelopesInPush)),
  /** Absent where nothing shall be pulled: a push-only token. */
  cursors: v.optional(cursors),
  /**
   * Of the devices that signed what is sent again (S7), and of this one: a server that was restored
   * from a backup may have forgotten them, and believes what it certified itself.
   */
  certificates: v.optional(v.pipe(v.array(certificate), v.maxLength(LIMITS.certificatesInPush))),
  schema: v.number(),
});
export type PushRequest = v.InferOutput<typeof pushRequest>;

export const quarantined = v.object({
  /** Of the group; of the envelope (a hash) where it could not be opened. */
  id,
  /** The number under which it was pushed: a locked device knows no other name of it. */
  n: v.optional(seq),
  code: v.picklist(QUARANTINE_CODES),
});

export const pushResponse = v.object({
  /** All numbers up to this one are recorded. */
  acked: v.optional(seq),
  /** Numbers are missing: the last one that the server has. */
  gap: v.optional(seq),
  /** This number of this replica holds another group: take a new replica and number anew. */
  fork: v.optional(seq),
  quarantined: v.array(quarantined),
  /** S9: groups kept until what they build on arrives. */
  held: v.array(id),
  pulled: v.optional(pullResponse),
  serverTime: instant,
});
export type PushResponse = v.InferOutput<typeof pushResponse>;

export const serverKey = v.object({ id, public: publicKey });

export const enrolRequest = v.object({
  token: v.pipe(v.string(), v.maxLength(100)),
  name: v.optional(name),
  /** Raw P-256 points (65 bytes): ECDSA for signing, ECDH for being sealed to. */
  signKey: publicKey,
  sealKey: publicKey,
  /**
   * By the device's signing key over `crossline enrol 1|token|signKey|sealKey`: with it the same
   * device may use the same invite again, because the first answer may not have been kept.
   */
  proof: v.optional(bytes(64)),
});
export type EnrolRequest = v.InferOutput<typeof enrolRequest>;

export const enrolResponse = v.object({
  device: id,
  member: id,
  role,
  name,
  operation: id,
  operationName: name,
  epoch: id,
  streams: v.array(stream),
  serverKeys: v.array(serverKey),
  tokens: v.object({ full: v.string(), push: v.string() }),
  /** `point.signature`: the server's, over what `certifiedBytes` says of this device. */
  certificate: v.string(),
  serverTime: instant,
});
export type EnrolResponse = v.InferOutput<typeof enrolResponse>;

/** Signed with the device's key over `device|challenge time`, so that tokens never die of age. */
export const renewRequest = v.object({
  device: id,
  time: instant,
  signature: bytes(64),
  /** Of this device: a server that was restored from an older backup knows it again by that. */
  certificate: v.optional(certificate),
  /** The person's name, for the same case; the server keeps the one it knows. */
  name: v.optional(name),
});
export const renewResponse = v.object({
  tokens: v.object({ full: v.string(), push: v.string() }),
  role,
  serverKeys: v.array(serverKey),
  epoch: id,
  serverTime: instant,
});

export const errorResponse = v.object({ code: v.picklist(ERROR_CODES), incident: v.string() });
