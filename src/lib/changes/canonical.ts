import type { Json } from './change.ts';

/**
 * JSON in one spelling: keys in order, text in NFC, and sets (arrays, where `isSet`) sorted
 * without repeats. Two values are equal when their canonical texts are.
 */
export function canonicalJson(value: Json, isSet = false): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return JSON.stringify(value);
  if (typeof value === 'string') return JSON.stringify(value.normalize('NFC'));
  if (isArray(value)) {
    const items = value.map((item) => canonicalJson(item));
    return `[${(isSet ? [...new Set(items)].sort(byCodeUnit) : items).join(',')}]`;
  }
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]) => [JSON.stringify(key.normalize('NFC')), canonicalJson(inner)] as const)
    .sort(([a, one], [b, other]) => byCodeUnit(a, b) || byCodeUnit(one, other))
    .map(([key, inner]) => `${key}:${inner}`);
  return `{${entries.join(',')}}`;
}

/** Code unit order: the same on every machine, in every language. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
