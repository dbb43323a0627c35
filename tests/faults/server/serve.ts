/**
 * A server process for tests that kill it: the real listener of the API with the headers of every
 * response, store and commits, on a free port of the loopback address, without the pages around it.
 * Prints `{"url", "token"}` when it is ready.
 */
import { createServer as createHttpServer } from 'node:http';
import { flushCompileCache } from 'node:module';
import type { AddressInfo } from 'node:net';
import { readProxySettings } from '#lib/server/http/caller-address.ts';
import { apiListener } from '#lib/server/http/node-listener.ts';
import { prepareOperations } from '#lib/server/people/operations.ts';
import { createServer } from '#lib/server/server.ts';
import { readSettings } from '#lib/server/settings.ts';
import { headersFor } from '../../../src/server-headers.ts';

const server = await createServer(readSettings(process.env));
const [token = null] = await prepareOperations(server.store, server.keys, server.clock());
const answerApi = apiListener(server, readProxySettings(process.env));
/** As long as the policy of a built shell. */
const policy = { shell: "default-src 'none'; ".repeat(20), argon2: '' };

const http = createHttpServer((request, response) => {
  const headers = headersFor(request.url ?? '/', policy, false);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (answerApi(request, response)) return;
  response.writeHead(404, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ code: 'not_found' }));
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
