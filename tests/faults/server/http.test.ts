import { createServer, type Server as HttpServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LIMITS } from '#lib/protocol/limits.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { readProxySettings } from '#lib/server/http/caller-address.ts';
import { apiListener } from '#lib/server/http/node-listener.ts';
import { groupOf, envelopeOf } from './device.ts';
import { startTestServer, type TestServer } from './in-process.ts';

const LEFT = 418;
let at: TestServer;
let http: HttpServer;
let env: Record<string, string> = {};

beforeEach(async () => {
  env = {};
  at = await startTestServer();
  http = createServer((request, response) => {
    const answer = apiListener(at.server, readProxySettings(env));
    if (!answer(request, response)) response.writeHead(LEFT).end();
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
});
afterEach(async () => {
  http.closeAllConnections();
  http.close();
  await at.stop();
});

const port = (): number => (http.address() as AddressInfo).port;
const url = (path: string): string => `http://127.0.0.1:${port()}${path}`;

/** Sends these pieces as they are, each by itself, and reads until the server ends the connection. */
async function say(pieces: readonly (string | Buffer)[]): Promise<string> {
  const socket = connect(port(), '127.0.0.1').setNoDelay(true);
  let heard = '';
  socket.on('data', (data) => (heard += String(data)));
  socket.on('error', () => undefined);
  const ended = new Promise((resolve) => socket.once('close', resolve));
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await ended;
  return heard;
}

async function pushBody(): Promise<string> {
  const values = { name: 'Ärbin عربين' };
  const group = groupOf(at.owner, [{ kind: 'locality', record: 'r1', values }]);
  const { epoch } = at.owner.enrolled;
  const envelopes = [Buffer.from(await envelopeOf(at.owner, group)).toString('base64url')];
  const { replica } = at.owner;
  return JSON.stringify({ epoch, replica, from: 1, envelopes, schema: 1, cursors: {} });
}

test('what is asked exactly as the API says is answered, everything else is left to Kit', async () => {
  const health = await fetch(url(PATHS.health));
  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({ status: 'ok' });
  for (const [path, method] of [
    [PATHS.health, 'POST'],
    [PATHS.health, 'HEAD'],
    [PATHS.push, 'GET'],
    [`${PATHS.health}?x`, 'GET'],
    [`${PATHS.health}/`, 'GET'],
    ['/metrics', 'GET'],
    ['/', 'GET'],
  ] as const) {
    expect((await fetch(url(path), { method })).status, `${method} ${path}`).toBe(LEFT);
  }
});

test('a body that comes in pieces, cut within letters, is read whole', async () => {
  const body = Buffer.from(await pushBody());
  const head =
    `POST ${PATHS.push} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n` +
    `Authorization: Bearer ${at.owner.enrolled.tokens.full}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const pieces = Array.from({ length: Math.ceil(body.length / 7) }, (_, i) =>
    body.subarray(i * 7, i * 7 + 7),
  );
  const heard = await say([head, ...pieces]);
  expect(heard).toMatch(/^HTTP\/1\.1 200 /);
  expect(heard).toContain('"acked":1');
});

test('a body is read no further than its limit, announced or not, and the connection ends', async () => {
  const head = `POST ${PATHS.enrol} HTTP/1.1\r\nHost: x\r\n`;
  const announced = await fetch(url(PATHS.enrol), {
    method: 'POST',
    body: 'x'.repeat(65 * 1_024),
  });
  expect(announced.status).toBe(413);
  const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
  const chunked = [`${head}Transfer-Encoding: chunked\r\n\r\n`, ...Array<string>(5).fill(chunk)];
  const heard = await say(chunked);
  expect(heard).toMatch(/^HTTP\/1\.1 413 /);
  expect(heard.toLowerCase()).toContain('connection: close');
  expect(heard.match(/HTTP\/1\.1/g)).toHaveLength(1);
  expect(LIMITS.bodyBytes).toBeGreaterThan(64 * 1_024);
});

test('a connection that breaks within a body stores nothing and disturbs nobody', async () => {
  const body = await pushBody();
  const head =
    `POST ${PATHS.push} HTTP/1.1\r\nHost: x\r\n` +
    `Authorization: Bearer ${at.owner.enrolled.tokens.full}\r\nContent-Length: ${body.length + 1}\r\n\r\n`;
  const socket = connect(port(), '127.0.0.1');
  socket.end(head + body);
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.resume().once('close', resolve));
  expect((await fetch(url(PATHS.health))).status).toBe(200);
  const rows = await at.server.store.db.selectFrom('groups').select('id').execute();
  expect(rows).toEqual([]);
});

test('where a proxy should name the caller and does not, nobody is answered as the proxy', async () => {
  env = { ADDRESS_HEADER: 'x-forwarded-for' };
  const unnamed = await fetch(url(PATHS.health));
  expect(unnamed.status).toBe(500);
  expect(await unnamed.json()).toMatchObject({ code: 'internal' });
  const named = { headers: { 'x-forwarded-for': '1.2.3.4' } };
  expect((await fetch(url(PATHS.health), named)).status).toBe(200);
});
