import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../support/server.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
let server: TestServer;

beforeAll(async () => {
  server = await startServer();
}, 300_000);

afterAll(async () => {
  await server.remove();
});

/** One address of every kind of answer: shell, static file, chunk, API, nothing. */
function addresses(): string[] {
  const entries = readdirSync(join(root, 'build/client/_app/immutable/entry'));
  const chunk = entries.find((name) => name.endsWith('.js'));
  return [
    '/',
    '/places/anything',
    '/shell',
    '/service-worker.js',
    '/manifest.webmanifest',
    '/icons/512.png',
    `/_app/immutable/entry/${chunk}`,
    '/api/v1/health',
    '/nothing.txt',
  ];
}

test('headers: every kind of response carries them', async () => {
  for (const address of addresses()) {
    const { headers } = await fetch(server.url + address);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy, address).toContain("default-src 'none'");
    expect(policy, address).toContain("frame-ancestors 'none'");
    expect(policy, address).not.toMatch(/unsafe-(inline|eval)/);
    expect(headers.get('x-content-type-options'), address).toBe('nosniff');
    expect(headers.get('referrer-policy'), address).toBe('no-referrer');
    expect(headers.get('permissions-policy'), address).toContain('geolocation=()');
    expect(headers.get('cross-origin-opener-policy'), address).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy'), address).toBe('same-origin');
    expect(headers.get('set-cookie'), address).toBeNull();
  }
});

test('one shell: a deep link answers what the first page answers', async () => {
  const [first, deep] = await Promise.all(
    ['/', '/convoys/abc'].map(async (path) => (await fetch(server.url + path)).text()),
  );
  expect(deep).toBe(first);
  expect(first).toContain('<title>Crossline</title>');
});

test('headers: behind HTTPS, browsers are told to stay with it', async () => {
  const secure = await fetch(server.url, { headers: { 'x-forwarded-proto': 'https' } });
  expect(secure.headers.get('strict-transport-security')).toContain('max-age=31536000');
  expect((await fetch(server.url)).headers.get('strict-transport-security')).toBeNull();
});

test('a port that is taken is said in one line', () => {
  const second = spawnSync(process.execPath, [join(root, 'src/server-entry.ts')], {
    env: { ...process.env, PORT: String(server.port), HOST: '127.0.0.1' },
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(second.status).toBe(1);
  expect(second.stderr).toContain(`Port ${server.port} is taken`);
});

test('the server stops when told to, and starts again with its data', async () => {
  const link = server.inviteLink;
  await server.restart();
  expect(server.inviteLink).toBe(link);
  expect((await fetch(`${server.url}/api/v1/health`)).status).toBe(200);
});
