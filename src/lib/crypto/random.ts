import { toBase64Url } from './encoding.ts';

export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** A new id: 128 random bits, 22 characters. */
export function randomId(): string {
  return toBase64Url(randomBytes(16));
}

/** 64 random bits, 11 characters: for an epoch or a replica, of which there are few. */
export function randomShortId(): string {
  return toBase64Url(randomBytes(8));
}
