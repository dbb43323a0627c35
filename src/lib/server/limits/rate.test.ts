import { describe, expect, test } from 'vitest';
import { RateLimiter } from './rate.ts';

describe('rate limits', () => {
  test('a burst is allowed, then only as much as the time gives back', () => {
    let now = 0;
    const limiter = new RateLimiter({ burst: 3, perSecond: 1 }, () => now);
    expect([1, 2, 3, 4].map(() => limiter.take('a'))).toEqual([true, true, true, false]);
    now = 2_000;
    expect([1, 2, 3].map(() => limiter.take('a'))).toEqual([true, true, false]);
  });

  test('one key does not use up what belongs to another', () => {
    const limiter = new RateLimiter({ burst: 1, perSecond: 1 }, () => 0);
    expect(limiter.take('a')).toBe(true);
    expect(limiter.take('b')).toBe(true);
  });

  test('a clock set back gives nothing away and blocks nobody for ever', () => {
    let now = 100_000;
    const limiter = new RateLimiter({ burst: 1, perSecond: 1 }, () => now);
    expect(limiter.take('a')).toBe(true);
    now = 0;
    expect(limiter.take('a')).toBe(false);
    now = 1_000;
    expect(limiter.take('a')).toBe(true);
  });

  test('memory stays bounded under endless keys', () => {
    const limiter = new RateLimiter({ burst: 1, perSecond: 1 }, () => 0);
    for (let i = 0; i < 120_000; i += 1) limiter.take(String(i));
    expect(limiter.take('119999')).toBe(false);
  });
});
