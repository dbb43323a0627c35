import * as v from 'valibot';
import { randomId } from '#lib/crypto/random.ts';
import { ok } from '#lib/domain/result.ts';
import type { Caller } from '../people/tokens.ts';
import { authorise } from '../people/tokens.ts';
import { noteContact } from '../people/contact.ts';
import type { Server } from '../server.ts';
import { json, refusal, type Refused } from './answer.ts';
import type { Answer, Call } from './call.ts';
import { readBody } from './read-body.ts';

/** Bodies that hold no envelopes are small. */
export const SMALL_BODY = 64 * 1024;

export const isoTime = (instant: number): string => new Date(instant).toISOString();

/** A thing to do for a request: an answer, or a code. */
export type Endpoint = (server: Server, call: Call) => Promise<Answer | Refused>;
export type CallerEndpoint = (
  server: Server,
  call: Call,
  caller: Caller,
) => Promise<Answer | Refused>;

/** Runs an endpoint: a code for every failure, and a line in the log. */
export async function answerCall(
  server: Server,
  name: string,
  call: Call,
  endpoint: Endpoint,
): Promise<Answer> {
  const started = performance.now();
  const answer = await run(server, name, call, endpoint);
  server.metrics.requests.inc({ endpoint: name, status: String(answer.status) });
  const ms = Math.round(performance.now() - started);
  server.log.debug({ endpoint: name, status: answer.status, ms }, 'answered');
  return answer;
}

async function run(server: Server, name: string, call: Call, endpoint: Endpoint): Promise<Answer> {
  try {
    const answer = await endpoint(server, call);
    if (!('code' in answer)) return answer;
    const incident = randomId();
    server.log.info({ endpoint: name, code: answer.code, incident }, 'refused');
    return refusal(answer, incident);
  } catch (error) {
    const incident = randomId();
    server.log.error({ endpoint: name, incident, err: error }, 'failed');
    return refusal({ code: isStoreAway(error) ? 'unavailable' : 'internal' }, incident);
  }
}

/**
 * An endpoint for a device that shows a token; `push` tokens open what names them. Tokens that do not
 * hold count against their address, so good ones behind the same carrier are never in the way.
 */
export function forCaller(
  scopes: readonly ('full' | 'push')[],
  endpoint: CallerEndpoint,
): Endpoint {
  return async (server, call) => {
    const header = call.header('authorization');
    const caller = await authorise(server.store, header, server.clock);
    if (!caller.ok) {
      if (!server.limits.address.take(call.address)) return { code: 'too_many' };
      if (caller.error.type === 'unauthorised') return unauthorised(server);
      return { code: 'revoked', more: { as: caller.error.as } };
    }
    if (!server.limits.device.take(caller.value.device)) return { code: 'too_many' };
    if (!scopes.includes(caller.value.scope)) return { code: 'forbidden' };
    await noteContact(server.store.db, caller.value.device, server.clock());
    return endpoint(server, call, caller.value);
  };
}

/** An endpoint for people who are in: a small question by its schema, an answer as JSON or a code. */
export function forMember<S extends v.GenericSchema>(
  schema: S,
  answer: (
    server: Server,
    caller: Caller,
    question: v.InferOutput<S>,
    call: Call,
  ) => Promise<Answer | { readonly body: unknown } | Refused>,
): Endpoint {
  return forCaller(['full'], async (server, call, caller) => {
    if (caller.isRevoked) return { code: 'forbidden' };
    const hasBody = call.method === 'POST';
    const question = hasBody
      ? await readBody(call, schema, SMALL_BODY)
      : ok(v.parse(schema, undefined));
    if (!question.ok) return { code: question.error };
    const answered = await answer(server, caller, question.value, call);
    if ('code' in answered || 'status' in answered) return answered;
    return json(call, answered.body);
  });
}

/** An endpoint that anybody may call: each call counts against its address. */
export function forAnybody(endpoint: Endpoint): Endpoint {
  return async (server, call) => {
    if (!server.limits.address.take(call.address)) return { code: 'too_many' };
    return endpoint(server, call);
  };
}

/** Tells the server's time, which the device signs to get new tokens. */
export function unauthorised(server: Server): Refused {
  return { code: 'unauthorised', more: { serverTime: new Date(server.clock()).toISOString() } };
}

/** Busy beyond its waiting time, full, or the database server is away: try again later. */
function isStoreAway(error: unknown): boolean {
  const { code, errcode } = (error ?? {}) as { code?: unknown; errcode?: unknown };
  const SQLITE_BUSY = 5;
  const SQLITE_FULL = 13;
  if (errcode === SQLITE_BUSY || errcode === SQLITE_FULL) return true;
  return (
    typeof code === 'string' && /^(ECONNREFUSED|ECONNRESET|57P0\d|08\d{3}|53\d{3})$/.test(code)
  );
}
