import type * as v from 'valibot';
import { LIMITS } from '#lib/protocol/limits.ts';
import { mayAct } from '#lib/protocol/roles.ts';
import {
  enrolRequest,
  inviteRequest,
  pullRequest,
  pushRequest,
  renewRequest,
  type devicesResponse,
  type inviteResponse,
  type renewResponse,
} from '#lib/protocol/wire.ts';
import { listDevices } from '../people/devices.ts';
import { enrol, publicKeys } from '../people/enrol.ts';
import { createInvite } from '../people/invites.ts';
import { renew } from '../people/renew.ts';
import { pull } from '../sync/pull.ts';
import { push } from '../sync/push.ts';
import { json } from './answer.ts';
import { forAnybody, forCaller, unauthorised, type Endpoint } from './endpoint.ts';
import { readBody } from './read-body.ts';

/** Bodies that hold no envelopes are small. */
const SMALL_BODY = 64 * 1024;

const isoTime = (instant: number): string => new Date(instant).toISOString();

export const enrolEndpoint: Endpoint = forAnybody(async (server, { request }) => {
  const body = await readBody(request, enrolRequest, SMALL_BODY);
  if (!body.ok) return { code: body.error };
  const enrolled = await enrol(server.store, server.keys, body.value, server.clock());
  return enrolled.ok ? json(request, enrolled.value) : { code: enrolled.error.type };
});

export const pushEndpoint: Endpoint = forCaller(['full', 'push'], async (server, call, caller) => {
  if (server.committer.isFull()) return { code: 'unavailable' };
  const body = await readBody(call.request, pushRequest, LIMITS.bodyBytes);
  if (!body.ok) return { code: body.error };
  const ended = server.metrics.commitSeconds.startTimer();
  const pushed = await push(server, caller, body.value);
  ended();
  if (!pushed.ok) return { code: pushed.error };
  const answer = pushed.value;
  const set = answer.quarantined.length;
  server.metrics.envelopes.inc({ result: 'quarantined' }, set);
  server.metrics.envelopes.inc({ result: 'held' }, answer.held.length);
  server.metrics.envelopes.inc({ result: 'pushed' }, body.value.envelopes.length);
  return json(call.request, answer);
});

export const pullEndpoint: Endpoint = forCaller(['full'], async (server, call, caller) => {
  const body = await readBody(call.request, pullRequest, SMALL_BODY);
  if (!body.ok) return { code: body.error };
  if (caller.revokedAs) return { code: 'revoked', more: { as: caller.revokedAs } };
  return json(call.request, await pull(server.store.db, caller, body.value, server.clock()));
});

export const pokeEndpoint: Endpoint = forCaller(['full'], (server, _call, caller) => {
  const stream = caller.isRevoked ? null : server.pokes.open(caller);
  if (!stream) return Promise.resolve({ code: 'unavailable' as const });
  const headers = { 'Content-Type': 'application/x-ndjson', 'X-Accel-Buffering': 'no' };
  return Promise.resolve(new Response(stream, { headers }));
});

export const renewEndpoint: Endpoint = forAnybody(async (server, { request }) => {
  const body = await readBody(request, renewRequest, SMALL_BODY);
  if (!body.ok) return { code: body.error };
  const renewed = await renew(server.store, body.value, server.clock());
  if (!renewed.ok) {
    if (renewed.error.type === 'unauthorised') return unauthorised(server);
    return { code: 'revoked', more: { as: renewed.error.as } };
  }
  const { tokens, role, epoch } = renewed.value;
  const serverKeys = publicKeys(server.keys);
  const serverTime = isoTime(server.clock());
  const answer: v.InferOutput<typeof renewResponse> = {
    tokens,
    role,
    serverKeys,
    epoch,
    serverTime,
  };
  return json(request, answer);
});

export const inviteEndpoint: Endpoint = forCaller(['full'], async (server, call, caller) => {
  const body = await readBody(call.request, inviteRequest, SMALL_BODY);
  if (!body.ok) return { code: body.error };
  if (caller.isRevoked) return { code: 'forbidden' };
  const invited = await createInvite(server.store, server.keys, caller, body.value, server.clock());
  if (!invited.ok) return { code: invited.error.type };
  const { token, expiresAt } = invited.value;
  const answer: v.InferOutput<typeof inviteResponse> = { token, expires: isoTime(expiresAt) };
  return json(call.request, answer);
});

export const devicesEndpoint: Endpoint = forCaller(['full'], async (server, call, caller) => {
  if (caller.isRevoked || !mayAct(caller.role, 'read_names')) return { code: 'forbidden' };
  const devices = await listDevices(server.store.db, caller.operation);
  const answer: v.InferOutput<typeof devicesResponse> = { devices };
  return json(call.request, answer);
});

/** Says that the store answers, and what time the server has. */
export const healthEndpoint: Endpoint = forAnybody(async (server, { request }) => {
  await server.store.db.selectFrom('operations').select('id').limit(1).execute();
  return json(request, { status: 'ok', serverTime: isoTime(server.clock()) });
});
