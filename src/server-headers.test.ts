import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { headersFor, isScreen, readPolicy } from './server-headers.ts';

const SCRIPT = '\n\t{ start(); }\n';
const HASH = `'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`;
const shell = (policy: string): string =>
  `<head><meta http-equiv="content-security-policy" content="${policy}"></head>` +
  `<script src="/a.js"></script><script>${SCRIPT}</script>`;
const policy = readPolicy(shell(`default-src 'none'; script-src 'self' ${HASH}`));

test('headers: the policy is the one that Kit wrote into the shell, and forbids framing', () => {
  expect(policy.shell).toBe(
    `default-src 'none'; script-src 'self' ${HASH}; frame-ancestors 'none'`,
  );
});

test('headers: a shell with an inline script that no hash names is refused at the start', () => {
  expect(() => readPolicy(shell("script-src 'self'"))).toThrow('unnamed inline script');
  expect(() => readPolicy('<p>')).toThrow('no content security policy');
});

test("headers: compiling WebAssembly is allowed in Argon2id's worker alone", () => {
  const csp = (url: string): string | undefined =>
    headersFor(url, policy, false)['Content-Security-Policy'];
  const worker = '/_app/immutable/workers/passphrase.worker-DBYvw7hA.js';
  expect(csp(worker)).toContain("'wasm-unsafe-eval'");
  for (const url of ['/', '/service-worker.js', '/_app/immutable/chunks/a.js', `/x?${worker}`]) {
    expect(csp(url)).not.toContain('wasm-unsafe-eval');
  }
});

test('headers: browsers are held to HTTPS only where they came by HTTPS', () => {
  expect(headersFor('/', policy, true)).toHaveProperty('Strict-Transport-Security');
  expect(headersFor('/', policy, false)).not.toHaveProperty('Strict-Transport-Security');
});

test('headers: no cache keeps an answer of the API; immutable files say for themselves', () => {
  const caching = (url: string): string | undefined =>
    headersFor(url, policy, false)['Cache-Control'];
  expect(caching('/api/v1/pull')).toBe('no-store');
  expect(caching('/metrics')).toBe('no-store');
  expect(caching('/service-worker.js')).toBe('no-cache');
  expect(caching('/_app/immutable/chunks/a.js')).toBeUndefined();
});

test('one shell: every address without an ending is a screen, outside the API', () => {
  for (const url of ['/', '/places/abc', '/join', '/log/new?x=1.2', '/shell']) {
    expect(isScreen('GET', url)).toBe(true);
  }
  for (const url of ['/api/v1/health', '/metrics', '/robots.txt', '/_app/version.json']) {
    expect(isScreen('GET', url)).toBe(false);
  }
  expect(isScreen('POST', '/places/abc')).toBe(false);
});
