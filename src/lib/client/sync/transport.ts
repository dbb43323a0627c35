import * as v from 'valibot';
import { concatBytes } from '#lib/crypto/encoding.ts';
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
  /** As it came, where what it says is checked by its hash. */
  bytes(
    path: string,
    token: string | undefined,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<Answered<Uint8Array<ArrayBuffer>>>;
  /** Calls back once it stands and whenever there is more, until it breaks or is aborted. */
  poke(path: string, token: string, signal: AbortSignal, onMore: () => void): Promise<void>;
}

/** What it takes to ask the server as this device. */
export interface Asking {
  readonly transport: Transport;
  /** It may change while the operation is open. */
  readonly token: () => string;
}

/** Milliseconds. After so long without a byte of the answer a connection is taken for dead. */
const PATIENCE = 60_000;

type Bytes = Uint8Array<ArrayBuffer>;
type Fetch = (path: string, init: RequestInit) => Promise<Response>;

export const httpTransport: Transport = transportOver((path, init) => fetch(path, init));

/** The protocol over whatever carries requests: the browser, or a network that a test has made. */
export function transportOver(fetching: Fetch): Transport {
  const asked = <T>(
    path: string,
    init: RequestInit,
    signal: AbortSignal | undefined,
    read: (bytes: Bytes) => T,
  ): Promise<Answered<T>> => request(fetching, path, init, signal, read);
  return {
    post: (path, token, body, schema, signal) =>
      asked(path, posting(token, body), signal, json(schema)),
    get: (path, token, schema, signal) =>
      asked(path, { headers: bearer(token) }, signal, json(schema)),
    bytes: (path, token, body, signal) =>
      asked(path, posting(token, body), signal, (bytes) => bytes),
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

/** `read` throws where it is no such answer: something between us and the server said it. */
async function request<T>(
  fetching: Fetch,
  path: string,
  init: RequestInit,
  aborted: AbortSignal | undefined,
  read: (bytes: Bytes) => T,
): Promise<Answered<T>> {
  let later: Later = {};
  const patience = new Patience();
  try {
    const signal = aborted ? AbortSignal.any([aborted, patience.signal]) : patience.signal;
    const response = await fetching(path, {
      ...init,
      signal,
      cache: 'no-store',
      credentials: 'omit',
    });
    later = laterOf(response.headers.get('retry-after'), Date.now());
    const bytes = await bytesOf(response, patience);
    if (response.ok) return { type: 'answer', body: read(bytes) };
    // Proxies say it in words of their own.
    if (response.status === 413) return { type: 'refused', code: 'too_large' };
    const body = parsed(bytes);
    const { code } = v.parse(errorResponse, body);
    const { as } = body as { as?: unknown };
    if (as === 'leaving' || as === 'lost') return { type: 'refused', code, as };
    return { type: 'refused', code, ...later };
  } catch {
    return { type: 'offline', ...later };
  } finally {
    patience.end();
  }
}

/** Aborts what stands still for too long; what goes on, however slowly, may take its time. */
class Patience {
  readonly #abort = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.renew();
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  renew(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#abort.abort(), PATIENCE);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

async function bytesOf({ body }: Response, patience: Patience): Promise<Bytes> {
  const pieces: Bytes[] = [];
  const reader = body?.getReader();
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    patience.renew();
    pieces.push(piece.value);
  }
  return pieces.length === 1 && pieces[0] ? pieces[0] : concatBytes(...pieces);
}

const parsed = (bytes: Bytes): unknown => JSON.parse(new TextDecoder().decode(bytes));

const json =
  <T>(schema: v.GenericSchema<unknown, T>) =>
  (bytes: Bytes): T =>
    v.parse(schema, parsed(bytes));

function posting(token: string | undefined, body: unknown): RequestInit {
  const headers = { 'content-type': 'application/json', ...bearer(token) };
  return { method: 'POST', headers, body: JSON.stringify(body) };
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
