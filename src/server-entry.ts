import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';

/**
 * The server's door: headers on every response (prerendered pages and the service worker never
 * reach Kit's hooks), the one shell for every navigation, and an orderly stop.
 */

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

const BUILD = new URL('../build/', import.meta.url);
const PORT = Number(process.env['PORT'] ?? 3000);
const HOST = process.env['HOST'] ?? '0.0.0.0';

process.env['PORT'] = String(PORT);
process.env['ORIGIN'] ??= `http://localhost:${PORT}`;
process.env['BODY_SIZE_LIMIT'] ??= '8M';

const shell = readFileSync(new URL('prerendered/shell.html', BUILD), 'utf8');
const pageHeaders = headersOf(contentSecurityPolicy(shell));
const { handler } = (await import(new URL('handler.js', BUILD).href)) as { handler: Handler };

const server = createServer((request, response) => {
  for (const [name, value] of pageHeaders) response.setHeader(name, value);
  if (isNavigation(request)) request.url = '/shell';
  if (request.url?.startsWith('/service-worker.js')) {
    response.setHeader('Cache-Control', 'no-cache');
  }
  handler(request, response, () => {
    response.statusCode = 404;
    response.end('Not found');
  });
});
// A poke stream stays open; what does not send its headers in time does not.
server.requestTimeout = 120_000;
server.headersTimeout = 20_000;

server.listen(PORT, HOST, () => {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : PORT;
  console.log(`Crossline serves on http://localhost:${port}`);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), 3_000).unref();
    setTimeout(() => server.closeAllConnections(), 1_000).unref();
  });
}

/** Every path that is a screen is the same shell; what has an ending, and the API, is not a screen. */
function isNavigation({ method, url = '/' }: IncomingMessage): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const path = url.split(/[?#]/, 1)[0] ?? '/';
  if (path.startsWith('/api/') || path.startsWith('/_app/') || path === '/metrics') return false;
  return !/\.[a-z0-9]+$/i.test(path);
}

/** The shell's own policy (Kit wrote its script hashes into it), with what a meta tag cannot say. */
function contentSecurityPolicy(html: string): string {
  const meta = /<meta http-equiv="content-security-policy" content="([^"]*)">/.exec(html);
  if (!meta?.[1]) throw new Error(`no policy in ${fileURLToPath(BUILD)}prerendered/shell.html`);
  const policy = meta[1].replaceAll('&#39;', "'").replaceAll('&quot;', '"');
  return `${policy}; frame-ancestors 'none'`;
}

function headersOf(policy: string): [string, string][] {
  return [
    ['Content-Security-Policy', policy],
    ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
    ['X-Content-Type-Options', 'nosniff'],
    ['X-Frame-Options', 'DENY'],
    ['Referrer-Policy', 'no-referrer'],
    [
      'Permissions-Policy',
      'accelerometer=(), browsing-topics=(), camera=(self), display-capture=(), geolocation=(self), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
    ],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
  ];
}
