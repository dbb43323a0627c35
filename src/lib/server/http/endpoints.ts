import type * as v from 'valibot';
import { LIMITS } from '#lib/protocol/limits.ts';
import {
  enrolRequest,
  pullRequest,
  pushRequest,
  renewRequest,
  type renewResponse,
} from '#lib/protocol/wire.ts';
import { enrol, publicKeys } from '../people/enrol.ts';
import { renew } from '../people/renew.ts';
import { pull } from '../sync/pull.ts';
import { push } from '../sync/push.ts';
import { json } from './answer.ts';
import {
  forAnybody,
  forCaller,
  isoTime,
  SMALL_BODY,
  unauthorised,
  type Endpoint,
} from './endpoint.ts';
import { readBody } from './read-body.ts';

export const enrolEndpoint: Endpoint = forAnybody(async (server, call) => {
  const body = await readBody(call, enrolRequest, SMALL_BODY);
  if (!body.ok) return { code: body.error };
  const enrolled = await enrol(server.store, server.keys, body.value, server.clock());
  return enrolled.ok ? json(call, enrolled.value) : { code: enrolled.error.type };
});

export const pushEndpoint: Endpoint = forCaller(['full', 'push'], async (server, call, caller) => {
  if (server.committer.isFull()) return { code: 'unavailable' };
  const body = await readBody(call, pushRequest, LIMITS.bodyBytes);
  if (!body.ok) return { code: body.error };
  // A device that is leaving has handed in everything: now it may wipe itself (S6).
  const isEmpty = body.value.envelopes.length === 0;
  if (isEmpty && caller.revokedAs) return { code: 'revoked', more: { as: caller.revokedAs } };
  const ended = server.metrics.commitSeconds.startTimer();
  const pushed = await push(server, caller, body.value);
  ended();
  if (!pushed.ok) return { code: pushed.error };
  const answer = pushed.value;
  const set = answer.quarantined.length;
  server.metrics.envelopes.inc({ result: 'quarantined' }, set);
  server.metrics.envelopes.inc({ result: 'held' }, answer.held.length);
  server.metrics.envelopes.inc({ result: 'pushed' }, body.value.envelopes.length);
  return json(call, answer);
});

export const pullEndpoint: Endpoint = forCaller(['full'], async (server, call, caller) => {
  const body = await readBody(call, pullRequest, SMALL_BODY);
  if (!body.ok) return { code: body.error };
  if (caller.revokedAs) return { code: 'revoked', more: { as: caller.revokedAs } };
  return json(call, await pull(server, caller, body.value, server.clock()));
});

export const pokeEndpoint: Endpoint = forCaller(['full'], (server, _call, caller) => {
  const stream = caller.isRevoked ? null : server.pokes.open(caller);
  if (!stream) return Promise.resolve({ code: 'unavailable' as const });
  const headers = { 'Content-Type': 'application/x-ndjson', 'X-Accel-Buffering': 'no' };
  return Promise.resolve({ status: 200, headers, body: stream });
});

export const renewEndpoint: Endpoint = forAnybody(async (server, call) => {
  const body = await readBody(call, renewRequest, SMALL_BODY);
  if (!body.ok) return { code: body.error };
  const renewed = await renew(server.store, server.keys, body.value, server.clock());
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
  return json(call, answer);
});

/** Says that the store answers, and what time the server has. */
export const healthEndpoint: Endpoint = forAnybody(async (server, call) => {
  await server.store.db.selectFrom('operations').select('id').limit(1).execute();
  return json(call, { status: 'ok', serverTime: isoTime(server.clock()) });
});
