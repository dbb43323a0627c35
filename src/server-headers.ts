import { createHash } from 'node:crypto';

/** The content policy of the built shell, for what is not a page of Kit's. */
export interface Policy {
  readonly shell: string;
  readonly argon2: string;
}

const ARGON2_WORKER = /^\/_app\/immutable\/(?:workers|assets)\/passphrase\.worker-[^/]+\.js$/;
const IMMUTABLE = '/_app/immutable/';
const YEAR_S = 31_536_000;

/**
 * Reads the policy that Kit wrote into the built shell, and adds what a page cannot say of itself.
 * Every inline script must be named by its hash there.
 */
export function readPolicy(shellHtml: string): Policy {
  const content = /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(shellHtml);
  if (!content?.[1]) throw new Error('the built shell has no content security policy');
  for (const [, script] of shellHtml.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([^]*?)<\/script>/g)) {
    const hash = createHash('sha256')
      .update(script ?? '')
      .digest('base64');
    if (!content[1].includes(hash)) throw new Error('the built shell has an unnamed inline script');
  }
  const shell = `${content[1].replaceAll('&#39;', "'")}; frame-ancestors 'none'`;
  return { shell, argon2: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'" };
}

/**
 * Headers of one response. A worker obeys the policy of its own script's response: compiling
 * WebAssembly is allowed there alone.
 */
export function headersFor(url: string, policy: Policy, isSecure: boolean): Record<string, string> {
  const path = pathOf(url);
  return {
    'Content-Security-Policy': ARGON2_WORKER.test(path) ? policy.argon2 : policy.shell,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy':
      'camera=(self), geolocation=(), microphone=(), payment=(), usb=(), serial=(), browsing-topics=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Robots-Tag': 'noindex, nofollow',
    ...(path.startsWith(IMMUTABLE) ? {} : { 'Cache-Control': cachingOf(path) }),
    ...(isSecure ? { 'Strict-Transport-Security': `max-age=${YEAR_S}; includeSubDomains` } : {}),
  };
}

/** Every address without an ending, outside the API, is a screen: all of them are one shell. */
export function isScreen(method: string | undefined, url: string): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const path = pathOf(url);
  if (/^\/(?:api|_app)\//.test(path) || path === '/metrics') return false;
  return !/\.[a-z0-9]+$/i.test(path);
}

function pathOf(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '/';
}

/** Answers of the API stay in no cache; everything else is asked for again by its etag. */
function cachingOf(path: string): string {
  return path.startsWith('/api/') || path === '/metrics' ? 'no-store' : 'no-cache';
}
