import * as v from 'valibot';
import { ERROR_CODES, QUARANTINE_CODES } from './codes.ts';
import { LIMITS } from './limits.ts';
import { ROLES } from './roles.ts';

/** What goes over the wire, as both sides check it (docs/api.md). Bytes are base64url. */

const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
const bytes = (most: number) =>
  v.pipe(v.string(), v.maxLength(Math.ceil((most * 4) / 3) + 4), v.regex(/^[A-Za-z0-9_-]*$/));
const name = v.pipe(v.string(), v.maxLength(200));
const seq = v.pipe(v.number(), v.integer(), v.minValue(0));
const role = v.picklist(ROLES);
const instant = v.pipe(v.string(), v.isoTimestamp());

/** Where a device is in a stream: the last sequence it has, and the group that it saw there. */
export const cursor = v.object({ seq, id: v.union([id, v.literal('')]) });
export type Cursor = v.InferOutput<typeof cursor>;

const stream = v.picklist(['log', 'movements']);
export const cursors = v.object({ log: v.optional(cursor), movements: v.optional(cursor) });
export type Cursors = v.InferOutput<typeof cursors>;

export const pullRequest = v.object({ epoch: id, cursors, schema: v.number() });
export type PullRequest = v.InferOutput<typeof pullRequest>;

/** A group as it is kept: signature (64 bytes) and the bytes that were signed, one after the other. */
export const signedGroup = bytes(LIMITS.groupBytes + 64);

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
  /** Streams in which the server has another group, or none, where the cursor stands (S7): the
   * device starts them from the beginning and pushes again what it holds. */
  rewind: v.array(stream),
  serverTime: instant,
});
export type PullResponse = v.InferOutput<typeof pullResponse>;

export const pushRequest = v.object({
  epoch: id,
  replica: id,
  /** Number of the first envelope; the others follow without gaps. Numbers start at 1. */
  from: v.pipe(v.number(), v.integer(), v.minValue(1)),
  envelopes: v.pipe(v.array(bytes(LIMITS.envelopeBytes)), v.maxLength(LIMITS.envelopesInPush)),
  /** Absent where nothing shall be pulled: a push-only token. */
  cursors: v.optional(cursors),
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

const publicKey = bytes(65);

export const serverKey = v.object({ id, public: publicKey });

export const enrolRequest = v.object({
  token: v.pipe(v.string(), v.maxLength(100)),
  name: v.optional(name),
  /** Raw P-256 points (65 bytes): ECDSA for signing, ECDH for being sealed to. */
  signKey: publicKey,
  sealKey: publicKey,
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
  /** The server's signature over the device's two public keys. */
  certificate: v.string(),
  serverTime: instant,
});
export type EnrolResponse = v.InferOutput<typeof enrolResponse>;

/** Signed with the device's key over `device|challenge time`, so that tokens never die of age. */
export const renewRequest = v.object({ device: id, time: instant, signature: bytes(64) });
export const renewResponse = v.object({
  tokens: v.object({ full: v.string(), push: v.string() }),
  role,
  serverKeys: v.array(serverKey),
  epoch: id,
  serverTime: instant,
});

export const inviteRequest = v.object({
  role,
  name,
  organisation: v.optional(name),
  /** 1 to 90. */
  days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(90)),
});
export const inviteResponse = v.object({ token: v.string(), expires: instant });

export const deviceRow = v.object({
  device: id,
  member: id,
  name,
  organisation: v.nullable(name),
  role,
  enrolled: instant,
  lastContact: v.nullable(instant),
  revoked: v.nullable(v.picklist(['leaving', 'lost'])),
});
export const devicesResponse = v.object({ devices: v.array(deviceRow) });

export const errorResponse = v.object({ code: v.picklist(ERROR_CODES), incident: v.string() });
