import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { randomId } from '#lib/crypto/random.ts';
import type { ErrorCode } from '#lib/protocol/codes.ts';

const STATUS: Readonly<Record<ErrorCode, number>> = {
  bad_request: 400,
  unauthorised: 401,
  revoked: 403,
  forbidden: 403,
  invite_unknown: 404,
  invite_used: 409,
  invite_expired: 410,
  not_found: 404,
  last_owner: 409,
  too_large: 413,
  too_many: 429,
  unavailable: 503,
  internal: 500,
};

/** Smaller answers gain nothing. */
const COMPRESS_FROM = 1_400;
const compress = promisify(gzip);

/** A request that cannot be granted: the code is the answer, `more` what the device must know. */
export interface Refused {
  readonly code: ErrorCode;
  readonly more?: Readonly<Record<string, string>>;
}

/** An error as the device gets it: a stable code and an id to find it again in the log. */
export function refusal({ code, more }: Refused, incident = randomId()): Response {
  const headers = new Headers({ 'Content-Type': 'application/json' });
  if (code === 'too_many' || code === 'unavailable') headers.set('Retry-After', '5');
  return new Response(JSON.stringify({ code, incident, ...more }), {
    status: STATUS[code],
    headers,
  });
}

export const takesGzip = (request: Request): boolean =>
  /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');

/** JSON, compressed where the caller takes it: a slow line is what most devices have. */
export async function json(request: Request, body: unknown): Promise<Response> {
  const text = JSON.stringify(body);
  const headers = new Headers({ 'Content-Type': 'application/json' });
  if (!takesGzip(request) || text.length < COMPRESS_FROM) return new Response(text, { headers });
  headers.set('Content-Encoding', 'gzip');
  headers.set('Vary', 'Accept-Encoding');
  return new Response(await compress(text, { level: 5 }), { headers });
}
