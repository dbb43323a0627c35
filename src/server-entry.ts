/**
 * The server: adapter-node's handler, with the headers that every response must carry. Kit's own
 * `handle` does not see prerendered pages, static files or the service worker.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LIMITS } from '#lib/protocol/limits.ts';
import { offeredApi } from '#lib/server/http/offered-api.ts';
import type { ApiListener } from '#lib/server/http/node-listener.ts';
import { headersFor, isScreen, readPolicy } from './server-headers.ts';

const build = new URL('../build/', import.meta.url);
/** Longer than a reverse proxy keeps its idle connections, so that it never meets a closed one. */
const KEEP_ALIVE_MS = 75_000;
const STOP_MS = 5_000;

if (!existsSync(new URL('handler.js', build))) {
  console.error('There is no build yet: run "npm start", or "npm run build" first.');
  process.exit(1);
}

const policy = readPolicy(readFileSync(new URL('prerendered/shell.html', build), 'utf8'));
let handle: RequestListener = (_request, response) => {
  response.writeHead(503, { 'Retry-After': '1' }).end();
};
/** The API does without Kit (docs/adr/0160). */
let answerApi: ApiListener = () => false;

const server = createServer((request, response) => {
  const isSecure =
    process.env['ORIGIN']?.startsWith('https:') === true ||
    request.headers['x-forwarded-proto'] === 'https';
  const headers = headersFor(request.url ?? '/', policy, isSecure);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (answerApi(request, response)) return;
  if (isScreen(request.method, request.url ?? '/')) request.url = '/shell';
  handle(request, response);
});
server.keepAliveTimeout = KEEP_ALIVE_MS;

server.on('error', (error: NodeJS.ErrnoException) => {
  const taken = `Port ${process.env['PORT'] || 3000} is taken: set PORT to another one.`;
  console.error(error.code === 'EADDRINUSE' ? taken : error.message);
  process.exit(1);
});

server.listen(
  { port: Number(process.env['PORT'] || 3000), host: process.env['HOST'] || undefined },
  () => void open().catch(fail),
);

/** The store opens, and the invite link is printed, while the handler is loaded. */
async function open(): Promise<void> {
  const { port } = server.address() as AddressInfo;
  process.env['PORT'] = String(port);
  process.env['ORIGIN'] ||= `http://localhost:${port}`;
  process.env['BODY_SIZE_LIMIT'] ||= String(LIMITS.bodyBytes);
  const loaded = (await import(new URL('handler.js', build).href)) as { handler: RequestListener };
  handle = loaded.handler;
  answerApi = offeredApi() ?? answerApi;
  console.log(`Crossline is at ${process.env['ORIGIN']}`);
}

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}

/** Lets requests end; open streams are told by Kit's event, and cut after a while. */
function stop(reason: string): void {
  process.emit('sveltekit:shutdown' as 'disconnect', ...([reason] as unknown as []));
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => {
    server.closeAllConnections();
    process.exit(0);
  }, STOP_MS).unref();
}

process.once('SIGTERM', () => stop('SIGTERM'));
process.once('SIGINT', () => stop('SIGINT'));
