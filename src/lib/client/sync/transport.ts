import * as v from 'valibot';
import { errorResponse } from '#lib/protocol/wire.ts';

/** What a request came back with. Everything that is no sound answer is a value too. */
export type Answered<T> =
  | { readonly type: 'answer'; readonly body: T }
  | ({ readonly type: 'refused'; readonly code: string; readonly as?: 'leaving' | 'lost' } & Later)
  | ({ readonly type: 'offline' } & Later);

/** Milliseconds before which the server, or what stands before it, does not want to be asked again. */
export interface Later {
  readonly waitMs?: number;
}

/** The way to the server; tests put another one in its place. `signal`: nobody waits any more. */
export interface Transport {
  post<T>(
    path: string,
    token: string | undefined,
    body: unknown,
    schema: v.GenericSchema<unknown, T>,
    signal?: AbortSignal,
  ): Promise<Answered<T>>;
  get<T>(
    path: string,
    token: string | undefined,
    schema: v.GenericSchema<unknown, T>,
    signal?: AbortSignal,
  ): Promise<Answered<T>>;
  /** Calls back once it stands and whenever there is more, until it breaks or is aborted. */
  poke(path: string, token: string, signal: AbortSignal, onMore: () => void): Promise<void>;
}

/** After so long without an answer a connection is taken for dead. */
const PATIENCE = 60_000;

type Fetch = (path: string, init: RequestInit) => Promise<Response>;

export const httpTransport: Transport = transportOver((path, init) => fetch(path, init));

/** The protocol over whatever carries requests: the browser, or a network that a test has made. */
export function transportOver(fetching: Fetch): Transport {
  return {
    post: (path, token, body, schema, signal) => {
      const headers = { 'content-type': 'application/json', ...bearer(token) };
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      return request(fetching, path, schema, init, signal);
    },
    get: (path, token, schema, signal) =>
      request(fetching, path, schema, { headers: bearer(token) }, signal),
    poke: async (path, token, signal, onMore) => {
      const init = { headers: bearer(token), signal, cache: 'no-store' } as const;
      const response = await fetching(path, init);
      if (!response.ok || !response.body) return;
      onMore();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let left = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        const lines = (left + value).split('\n');
        left = lines.pop() ?? '';
        if (lines.some((line) => line.includes('true'))) onMore();
      }
    },
  };
}

async function request<T>(
  fetching: Fetch,
  path: string,
  schema: v.GenericSchema<unknown, T>,
  init: RequestInit,
  aborted?: AbortSignal,
): Promise<Answered<T>> {
  let response: Response;
  let body: unknown;
  let later: Later = {};
  try {
    const patience = AbortSignal.timeout(PATIENCE);
    const signal = aborted ? AbortSignal.any([aborted, patience]) : patience;
    response = await fetching(path, { ...init, signal, cache: 'no-store', credentials: 'omit' });
    later = laterOf(response.headers.get('retry-after'), Date.now());
    body = await response.json();
  } catch {
    return { type: 'offline', ...later };
  }
  if (response.ok) {
    const read = v.safeParse(schema, body);
    return read.success ? { type: 'answer', body: read.output } : { type: 'offline' };
  }
  const error = v.safeParse(errorResponse, body);
  // Something between us and the server answered: as good as no network.
  if (!error.success) return { type: 'offline', ...later };
  const as = (body as { as?: unknown }).as;
  const { code } = error.output;
  return as === 'leaving' || as === 'lost'
    ? { type: 'refused', code, as }
    : { type: 'refused', code, ...later };
}

/** An hour: who says more than that is not believed. */
const LONGEST_WAIT = 3_600_000;

/** `Retry-After` as seconds or as a date (RFC 9110); what cannot be read asks for nothing. */
export function laterOf(header: string | null, now: number): Later {
  if (header === null) return {};
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isFinite(ms) && ms > 0 ? { waitMs: Math.min(ms, LONGEST_WAIT) } : {};
}

function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
