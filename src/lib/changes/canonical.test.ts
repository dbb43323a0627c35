import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';
import type { Json } from './change.ts';

const json = fc.jsonValue() as fc.Arbitrary<Json>;

function reversed(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

test('the order of keys means nothing', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
    }),
  );
});

test('it is JSON, and of the same value', () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
    }),
  );
});

test('text is compared in NFC, keys too', () => {
  expect(canonicalJson('e\u0301')).toBe(canonicalJson('\u00e9'));
  expect(canonicalJson({ 'e\u0301': 1 })).toBe(canonicalJson({ '\u00e9': 1 }));
});

test('the order and the number of times count in a list, not in a set', () => {
  expect(canonicalJson(['a', 'b'])).not.toBe(canonicalJson(['b', 'a']));
  expect(canonicalJson(['a', 'b', 'a'], true)).toBe(canonicalJson(['b', 'a'], true));
});

test('values that differ stay different: nothing, zero, empty and false', () => {
  const values: Json[] = [null, 0, '', false, [], {}, '0', 'null', [null]];
  expect(new Set(values.map((value) => canonicalJson(value))).size).toBe(values.length);
});
