import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keptWithin, panned, zoomed } from './time-window.ts';

const WHOLE = { from: 14_000, to: 17_000 };
const anyWindow = fc
  .tuple(fc.integer({ min: 12_000, max: 18_000 }), fc.integer({ min: 1, max: 5_000 }))
  .map(([from, length]) => keptWithin({ from, to: from + length }, WHOLE));

describe('the days that are shown', () => {
  test('never lie outside all there are, and are never fewer than sixty', () => {
    const anything = fc.double({ min: -10_000, max: 10_000, noNaN: true });
    const factor = fc.double({ min: 0.01, max: 50, noNaN: true });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(anyWindow, anything, factor, share, (window, days, times, at) => {
        for (const next of [panned(window, days, WHOLE), zoomed(window, times, at, WHOLE)]) {
          expect(next.from).toBeGreaterThanOrEqual(WHOLE.from);
          expect(next.to).toBeLessThanOrEqual(WHOLE.to);
          expect(next.to - next.from).toBeGreaterThanOrEqual(59);
        }
      }),
    );
  });

  test('panning keeps how many are shown; zooming keeps the day under the finger', () => {
    const window = { from: 15_000, to: 15_400 };
    expect(panned(window, -100, WHOLE)).toEqual({ from: 14_900, to: 15_300 });
    expect(panned(window, 9_999, WHOLE)).toEqual({ from: 16_600, to: 17_000 });
    expect(zoomed(window, 0.5, 0.25, WHOLE)).toEqual({ from: 15_050, to: 15_250 });
    expect(zoomed(window, 100, 0.5, WHOLE)).toEqual(WHOLE);
  });

  test('less than sixty days in all are always all shown', () => {
    const few = { from: 10, to: 40 };
    expect(zoomed(few, 0.1, 0.5, few)).toEqual(few);
  });
});
