import { PATHS } from '#lib/protocol/paths.ts';
import { API } from '#lib/server/http/api.ts';
import { callOf, responseOf } from '#lib/server/http/call.ts';
import { answerCall, type Endpoint } from '#lib/server/http/endpoint.ts';
import type { Server } from '#lib/server/server.ts';

const entries = Object.entries(PATHS).map(
  ([key, path]) => [path, API[key as keyof typeof PATHS]] as const,
);

/** Every endpoint at its address. */
export const ENDPOINTS: Readonly<Record<string, Endpoint>> = Object.fromEntries(
  entries.map(([path, { endpoint }]) => [path, endpoint]),
);

/** Addresses that are asked without a body. */
export const ASKED_BY_GET: ReadonlySet<string> = new Set(
  entries.flatMap(([path, { method }]) => (method === 'GET' ? [path] : [])),
);

/** A request from this machine, answered in this process. */
export async function answerHere(
  server: Server,
  path: string,
  request: Request,
): Promise<Response> {
  const endpoint = ENDPOINTS[path];
  if (!endpoint) throw new Error(`no endpoint at ${path}`);
  return responseOf(await answerCall(server, path, callOf(request, '127.0.0.1'), endpoint));
}
