/**
 * A server process for tests that kill it: the real endpoints, store and commits, on a free port of
 * the loopback address, without the pages around them. Prints `{"url", "token"}` when it is ready.
 */
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { flushCompileCache } from 'node:module';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { answerCall } from '#lib/server/http/endpoint.ts';
import { prepareOperations } from '#lib/server/people/operations.ts';
import { createServer } from '#lib/server/server.ts';
import { readSettings } from '#lib/server/settings.ts';
import { ENDPOINTS } from './endpoints-by-path.ts';

const server = await createServer(readSettings(process.env));
const [token = null] = await prepareOperations(server.store, server.keys, server.clock());

const http = createHttpServer((incoming, outgoing) => {
  void answer(incoming).then(async (response) => {
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (!response.body) return outgoing.end();
    const body = Readable.fromWeb(response.body as never);
    outgoing.once('close', () => body.destroy());
    body.on('error', () => outgoing.destroy());
    return body.pipe(outgoing);
  });
});
http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo;
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}`, token }));
  flushCompileCache(); // where one is kept: who is killed leaves nothing behind at the end
});
process.once('SIGTERM', () => {
  http.closeAllConnections();
  void server.stop().then(() => process.exit(0));
});

function answer(incoming: IncomingMessage): Promise<Response> {
  const path = incoming.url ?? '/';
  const endpoint = ENDPOINTS[path] ?? (() => Promise.resolve({ code: 'not_found' as const }));
  const hasBody = incoming.method === 'POST';
  const request = new Request(`http://127.0.0.1${path}`, {
    method: incoming.method ?? 'GET',
    headers: new Headers(incoming.headers as Record<string, string>),
    ...(hasBody ? { body: Readable.toWeb(incoming) as never, duplex: 'half' } : {}),
  });
  const address = incoming.socket.remoteAddress ?? '';
  return answerCall(server, path, { request, address }, endpoint);
}
