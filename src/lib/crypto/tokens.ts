import { toBase64Url, toUtf8 } from './encoding.ts';
import { randomBytes } from './random.ts';

/** A bearer token: 256 random bits, 43 characters. */
export function randomToken(): string {
  return toBase64Url(randomBytes(32));
}

/** What the server keeps of a token. A plain hash: the token is random, there is nothing to guess. */
export async function hashToken(token: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', toUtf8(token))));
}
