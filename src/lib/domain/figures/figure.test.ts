import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareFigures,
  type Figure,
  figureBounds,
  figureToText,
  parseFigure,
  sameFigure,
} from './figure.ts';
import { toPeople } from './people.ts';

const amount = fc.oneof(
  fc.integer({ min: 0, max: 1_000_000 }),
  fc.integer({ min: 0, max: 1_000_000_000_000 }),
  fc.integer({ min: 0, max: 10_000_000 }).map((n) => n / 1_000),
);
const anyFigure: fc.Arbitrary<Figure> = fc.oneof(
  fc.record({ q: fc.constantFrom('=', '~', '>', '<'), n: amount }),
  fc
    .tuple(amount, amount)
    .filter(([a, b]) => a !== b)
    .map(([a, b]): Figure => ({ q: '..', n: Math.min(a, b), m: Math.max(a, b) })),
);

describe('a figure says how exactly a number is known', () => {
  test.each([
    ['20000', { q: '=', n: 20_000 }],
    ['=38', { q: '=', n: 38 }],
    ['~20000', { q: '~', n: 20_000 }],
    ['≈ 20 000', { q: '~', n: 20_000 }],
    ['>115', { q: '>', n: 115 }],
    ['< 50', { q: '<', n: 50 }],
    ['4000-8000', { q: '..', n: 4_000, m: 8_000 }],
    ['4,000 – 8,000', { q: '..', n: 4_000, m: 8_000 }],
    ['45-45', { q: '=', n: 45 }],
    ['20,000', { q: '=', n: 20_000 }],
    ['1 234 567', { q: '=', n: 1_234_567 }],
    ['20\u202f000', { q: '=', n: 20_000 }],
    ["20'000", { q: '=', n: 20_000 }],
    ['٢٠٬٠٠٠', { q: '=', n: 20_000 }],
    ['~۲۰۰۰۰', { q: '~', n: 20_000 }],
    ['٣٧-٣٨', { q: '..', n: 37, m: 38 }],
    ['1.9', { q: '=', n: 1.9 }],
    ['١٫٩', { q: '=', n: 1.9 }],
    ['0.500', { q: '=', n: 0.5 }],
    ['20,000.5', { q: '=', n: 20_000.5 }],
    ['0', { q: '=', n: 0 }],
  ])('%s', (text, figure) => {
    expect(parseFigure(text)).toEqual({ ok: true, value: figure });
  });

  test.each([
    ['', 'empty'],
    [' ', 'empty'],
    ['-5', 'negative'],
    ['~-5', 'negative'],
    ['1e300', 'not_a_number'],
    ['NaN', 'not_a_number'],
    ['Infinity', 'not_a_number'],
    ['many', 'not_a_number'],
    ['38 trucks', 'not_a_number'],
    ['2016-06-29', 'not_a_number'],
    ['1'.repeat(400), 'too_large'],
    ['2000000000000', 'too_large'],
    ['20.000', 'ambiguous_separator'],
    ['1,9', 'ambiguous_separator'],
    ['20,00', 'ambiguous_separator'],
    ['1,000 000', 'ambiguous_separator'],
    ['>=60', 'unsupported_qualifier'],
    ['≥60', 'unsupported_qualifier'],
    ['~4000-8000', 'qualified_range'],
    ['8000-4000', 'reversed_range'],
  ])('%s is refused as %s', (text, type) => {
    expect(parseFigure(text)).toEqual({ ok: false, error: { type, text } });
  });

  test('any text gives a figure or a reason', () => {
    const shaped = fc.stringMatching(/^[~<>=]?[\d.,' -]{0,12}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), shaped), (text) => {
        const read = parseFigure(text);
        if (!read.ok) {
          expect(read.error.text).toBe(text);
          return;
        }
        expect(read.value.n).toBeGreaterThanOrEqual(0);
        expect(read.value.m ?? read.value.n).toBeGreaterThanOrEqual(read.value.n);
      }),
    );
  });

  test('reading what was written gives the same figure', () => {
    fc.assert(
      fc.property(anyFigure, (figure) => {
        expect(parseFigure(figureToText(figure))).toEqual({ ok: true, value: figure });
      }),
    );
    const families: Figure = { q: '~', n: 14_200, unit: 'families' };
    expect(parseFigure(figureToText(families), 'families')).toEqual({ ok: true, value: families });
  });
});

describe('bounds and order', () => {
  test('"about" widens nothing, "more than" has no upper bound', () => {
    expect(figureBounds({ q: '~', n: 20_000 })).toEqual({ min: 20_000, max: 20_000 });
    expect(figureBounds({ q: '>', n: 115 })).toEqual({ min: 115, max: null });
    expect(figureBounds({ q: '<', n: 50 })).toEqual({ min: 0, max: 50 });
    expect(figureBounds({ q: '..', n: 37, m: 38 })).toEqual({ min: 37, max: 38 });
  });

  test('figures have one order, in which only the same ones are equal', () => {
    fc.assert(
      fc.property(anyFigure, anyFigure, anyFigure, (a, b, c) => {
        expect(Math.sign(compareFigures(a, b))).toBe(-Math.sign(compareFigures(b, a)) + 0);
        expect(sameFigure(a, b)).toBe(figureToText(a) === figureToText(b));
        if (compareFigures(a, b) < 0 && compareFigures(b, c) < 0) {
          expect(compareFigures(a, c)).toBeLessThan(0);
        }
      }),
    );
    expect(sameFigure({ q: '=', n: 5 }, { q: '=', n: 5, unit: 'people' })).toBe(true);
    expect(sameFigure({ q: '=', n: 5 }, { q: '=', n: 5, unit: 'families' })).toBe(false);
  });
});

describe('families and people', () => {
  test('families become people only by a household size, which is told', () => {
    const families: Figure = { q: '=', n: 100, unit: 'families' };
    expect(toPeople(families, 5.2)).toEqual({
      ok: true,
      value: { figure: { q: '~', n: 520 }, householdSize: 5.2 },
    });
    expect(toPeople(families, undefined)).toEqual({
      ok: false,
      error: { type: 'household_size_unknown' },
    });
    expect(toPeople({ q: '..', n: 10, m: 20, unit: 'families' }, 5)).toMatchObject({
      value: { figure: { q: '..', n: 50, m: 100 } },
    });
  });

  test('people stay as they are, baskets are not people', () => {
    expect(toPeople({ q: '~', n: 20_000, unit: 'people' }, 5)).toEqual({
      ok: true,
      value: { figure: { q: '~', n: 20_000 }, householdSize: null },
    });
    expect(toPeople({ q: '=', n: 5, unit: 'baskets' }, 5).ok).toBe(false);
  });
});
