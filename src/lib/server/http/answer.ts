import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { randomId } from '#lib/crypto/random.ts';
import type { ErrorCode } from '#lib/protocol/codes.ts';
import type { Answer, Call } from './call.ts';

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

const JSON_HEADERS = { 'Content-Type': 'application/json' } as const;

/** An error as the device gets it: a stable code and an id to find it again in the log. */
export function refusal({ code, more }: Refused, incident = randomId()): Answer {
  const isForLater = code === 'too_many' || code === 'unavailable';
  return {
    status: STATUS[code],
    headers: isForLater ? { ...JSON_HEADERS, 'Retry-After': '5' } : JSON_HEADERS,
    body: JSON.stringify({ code, incident, ...more }),
  };
}

export const takesGzip = (call: Call): boolean =>
  /\bgzip\b/.test(call.header('accept-encoding') ?? '');

/** JSON, compressed where the caller takes it: a slow line is what most devices have. */
export async function json(call: Call, body: unknown): Promise<Answer> {
  const text = JSON.stringify(body);
  if (text.length < COMPRESS_FROM || !takesGzip(call)) {
    return { status: 200, headers: JSON_HEADERS, body: text };
  }
  const headers = { ...JSON_HEADERS, 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' };
  return { status: 200, headers, body: await compress(text, { level: 5 }) };
}
