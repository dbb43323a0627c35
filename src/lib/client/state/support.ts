import { DEVICE_DATABASE, EXAMPLE_DATABASE } from '../db/names.ts';

/** What this browser can do for us, asked without loading anything. */
export function missingSupport(): 'insecure' | 'unsupported' | undefined {
  const hasCrypto = typeof crypto === 'object' && crypto.subtle !== undefined;
  if (!hasCrypto) return window.isSecureContext ? 'unsupported' : 'insecure';
  const hasRest =
    typeof indexedDB === 'object' && indexedDB !== null && 'locks' in navigator && 'groupBy' in Map;
  return hasRest ? undefined : 'unsupported';
}

/**
 * Which of our databases are on this device. Asked twice: a browser that meets a damaged database
 * fails once, and has put an empty one in its place when it is asked again.
 */
export async function existingDatabases(): Promise<{ device: boolean; example: boolean }> {
  const found = await indexedDB.databases().catch(() => indexedDB.databases());
  const names = new Set(found.map(({ name }) => name));
  return { device: names.has(DEVICE_DATABASE), example: names.has(EXAMPLE_DATABASE) };
}
