import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentOf } from './reach-text.ts';

test('a share of few people never reads as none, nor one of nearly all as all', () => {
  expect(percentOf(0)).toBe(0);
  expect(percentOf(0.0001)).toBe(0.1);
  expect(percentOf(0.0056)).toBe(0.6);
  expect(percentOf(0.16)).toBe(16);
  expect(percentOf(0.999)).toBe(99);
  expect(percentOf(1)).toBe(100);
});

test('the greater share never reads as the smaller', () => {
  const share = fc.double({ min: 0, max: 2, noNaN: true });
  fc.assert(
    fc.property(share, share, (a, b) => {
      expect(Math.sign(percentOf(a) - percentOf(b)) * Math.sign(a - b)).toBeGreaterThanOrEqual(0);
    }),
  );
});
