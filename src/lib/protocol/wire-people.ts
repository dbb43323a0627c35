import * as v from 'valibot';
import { certificate, id, instant, name, role, seq } from './wire-values.ts';

/** People, devices and what is written down about them, as both sides check it (docs/api.md). */

const days = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(90));

export const inviteRequest = v.union([
  v.object({ role, name, organisation: v.optional(name), days }),
  /** For a further device of the person who asks. */
  v.object({ further: v.literal(true), days }),
]);
export type InviteRequest = v.InferOutput<typeof inviteRequest>;
export const inviteResponse = v.object({ token: v.string(), expires: instant });

const revokedAs = v.picklist(['leaving', 'lost']);

export const deviceRow = v.object({
  device: id,
  member: id,
  name,
  organisation: v.nullable(name),
  role,
  enrolled: instant,
  lastContact: v.nullable(instant),
  revoked: v.nullable(revokedAs),
  /** When the server noticed a copy of it; absent in the answers of older servers. */
  copied: v.optional(v.nullable(instant), null),
});
export const devicesResponse = v.object({ devices: v.array(deviceRow) });

/** `copied`: of which notice it is said; one that came since then stays. */
export const settleCopyRequest = v.object({ device: id, copied: instant });

export const revokeRequest = v.object({ device: id, as: revokedAs });

/**
 * Who stands behind an author id. Observers and loggers are told organisations and their own name;
 * names, roles and which device is whose are for coordinators and owners.
 */
export const personRow = v.object({
  member: id,
  name: v.nullable(name),
  organisation: v.nullable(name),
  role: v.nullable(role),
  joined: v.nullable(instant),
});
export const personDevice = v.object({
  device: id,
  member: id,
  /** 1 for the person's first device, 2 for the next. */
  number: seq,
});
export const peopleResponse = v.object({
  people: v.array(personRow),
  devices: v.array(personDevice),
  /** Of the devices of these people: kept, and sent along with what is sent again (S7). */
  certificates: v.array(certificate),
});
export type PeopleResponse = v.InferOutput<typeof peopleResponse>;

export const roleRequest = v.object({ member: id, role });

/** The answer where there is nothing to say but that it was done. */
export const doneResponse = v.object({ serverTime: instant });

/** `after`: the `next` of the page before. Newest first. */
export const auditRequest = v.object({ after: v.optional(seq) });
export const auditRow = v.object({
  at: instant,
  action: v.string(),
  member: v.nullable(id),
  device: v.nullable(id),
  detail: v.record(v.string(), v.union([v.string(), v.number(), v.null()])),
});
export const auditResponse = v.object({ entries: v.array(auditRow), next: v.nullable(seq) });
export type AuditResponse = v.InferOutput<typeof auditResponse>;
