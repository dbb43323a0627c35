import * as v from 'valibot';
import { errorResponse } from '#lib/protocol/wire.ts';

/** What a request came back with. Everything that is no sound answer is a value too. */
export type Answered<T> =
  | { readonly type: 'answer'; readonly body: T }
  | { readonly type: 'refused'; readonly code: string; readonly as?: 'leaving' | 'lost' }
  | { readonly type: 'offline' };

/** The way to the server; tests put another one in its place. */
export interface Transport {
  post<T>(
    path: string,
    token: string | undefined,
    body: unknown,
    schema: v.GenericSchema<unknown, T>,
  ): Promise<Answered<T>>;
  get<T>(
    path: string,
    token: string | undefined,
    schema: v.GenericSchema<unknown, T>,
  ): Promise<Answered<T>>;
  /** Calls back once it stands and whenever there is more, until it breaks or is aborted. */
  poke(path: string, token: string, signal: AbortSignal, onMore: () => void): Promise<void>;
}

/** After so long without an answer a connection is taken for dead. */
const PATIENCE = 60_000;

export const httpTransport: Transport = {
  post: (path, token, body, schema) =>
    request(path, schema, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(token) },
      body: JSON.stringify(body),
    }),
  get: (path, token, schema) => request(path, schema, { headers: bearer(token) }),
  poke: async (path, token, signal, onMore) => {
    const response = await fetch(path, { headers: bearer(token), signal, cache: 'no-store' });
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

async function request<T>(
  path: string,
  schema: v.GenericSchema<unknown, T>,
  init: RequestInit,
): Promise<Answered<T>> {
  let response: Response;
  let body: unknown;
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    response = await fetch(path, { ...init, signal, cache: 'no-store', credentials: 'omit' });
    body = await response.json();
  } catch {
    return { type: 'offline' };
  }
  if (response.ok) {
    const read = v.safeParse(schema, body);
    return read.success ? { type: 'answer', body: read.output } : { type: 'offline' };
  }
  const error = v.safeParse(errorResponse, body);
  // Something between us and the server answered: as good as no network.
  if (!error.success) return { type: 'offline' };
  const as = (body as { as?: unknown }).as;
  const { code } = error.output;
  return as === 'leaving' || as === 'lost'
    ? { type: 'refused', code, as }
    : { type: 'refused', code };
}

function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
