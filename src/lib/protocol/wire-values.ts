import * as v from 'valibot';
import { LIMITS } from './limits.ts';
import { ROLES } from './roles.ts';

/** What requests and answers are made of. */

export const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
export const bytes = (most: number) =>
  v.pipe(v.string(), v.maxLength(Math.ceil((most * 4) / 3) + 4), v.regex(/^[A-Za-z0-9_-]*$/));
/** Text that every store can hold: PostgreSQL takes no zero character. */
export const text = (most: number) =>
  v.pipe(
    v.string(),
    v.maxLength(most),
    v.check((value) => !value.includes('\0')),
  );
export const name = text(200);
/** A count that every store can hold exactly. */
export const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const role = v.picklist(ROLES);
export const instant = v.pipe(v.string(), v.isoTimestamp());
/** Raw P-256 point. */
export const publicKey = bytes(65);

/** Where a device is in a stream. It comes from the server and goes back as it is. */
export const cursor = v.object({ seq, id: v.union([id, v.literal('')]) });
export type Cursor = v.InferOutput<typeof cursor>;

export const stream = v.picklist(['log', 'movements']);
export const cursors = v.object({ log: v.optional(cursor), movements: v.optional(cursor) });
export type Cursors = v.InferOutput<typeof cursors>;

/** A group as it is kept: signature (64 bytes) and the bytes that were signed, one after the other. */
export const signedGroup = bytes(LIMITS.groupBytes + 64);

/** Which keys a device has and whose it is, signed by the server when it was enrolled. */
export const certificate = v.object({
  device: id,
  member: id,
  role,
  signKey: publicKey,
  sealKey: publicKey,
  /**
   * `point.signature`: the server's, over `certifiedBytes`. `hidden-1.…` where the reader may not know
   * the role: it says nothing then, and the server alone reads it (docs/adr/0186).
   */
  certificate: v.pipe(v.string(), v.maxLength(200)),
});
export type Certificate = v.InferOutput<typeof certificate>;
