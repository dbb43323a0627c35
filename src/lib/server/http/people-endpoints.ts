import * as v from 'valibot';
import { mayAct } from '#lib/protocol/roles.ts';
import {
  auditRequest,
  inviteRequest,
  revokeRequest,
  roleRequest,
  settleCopyRequest,
  type devicesResponse,
  type doneResponse,
  type inviteResponse,
} from '#lib/protocol/wire-people.ts';
import { readAudit } from '../people/audit.ts';
import { settleCopy } from '../people/copies.ts';
import { listDevices, revokeDevice } from '../people/devices.ts';
import { createInvite } from '../people/invites.ts';
import { listPeople } from '../people/list-people.ts';
import { changeRole } from '../people/roles.ts';
import type { Server } from '../server.ts';
import { forMember, isoTime } from './endpoint.ts';

const nothing = v.undefined_();

export const done = (server: Server): { body: v.InferOutput<typeof doneResponse> } => ({
  body: { serverTime: isoTime(server.clock()) },
});

export const inviteEndpoint = forMember(inviteRequest, async (server, caller, invite) => {
  const invited = await createInvite(server.store, server.keys, caller, invite, server.clock());
  if (!invited.ok) return { code: invited.error.type };
  const { token, expiresAt } = invited.value;
  const body: v.InferOutput<typeof inviteResponse> = { token, expires: isoTime(expiresAt) };
  return { body };
});

export const devicesEndpoint = forMember(nothing, async (server, caller) => {
  if (!mayAct(caller.role, 'read_names')) return { code: 'forbidden' };
  const devices = await listDevices(server.store.db, caller.operation);
  const body: v.InferOutput<typeof devicesResponse> = { devices };
  return { body };
});

export const revokeEndpoint = forMember(revokeRequest, async (server, caller, { device, as }) => {
  const revoked = await revokeDevice(server.store, caller, device, as, server.clock());
  return revoked.ok ? done(server) : { code: revoked.error.type };
});

export const settleCopyEndpoint = forMember(settleCopyRequest, async (server, caller, asked) => {
  const told = Date.parse(asked.copied);
  const settled = await settleCopy(server.store, caller, asked.device, told, server.clock());
  return settled.ok ? done(server) : { code: settled.error.type };
});

export const peopleEndpoint = forMember(nothing, async (server, caller) => ({
  body: await listPeople(server.store.db, server.keys, caller),
}));

export const roleEndpoint = forMember(roleRequest, async (server, caller, { member, role }) => {
  const changed = await changeRole(server.store, caller, member, role, server.clock());
  return changed.ok ? done(server) : { code: changed.error.type };
});

export const auditEndpoint = forMember(auditRequest, async (server, caller, { after }) => {
  if (!mayAct(caller.role, 'read_audit')) return { code: 'forbidden' };
  return { body: await readAudit(server.store.db, caller.operation, after) };
});
