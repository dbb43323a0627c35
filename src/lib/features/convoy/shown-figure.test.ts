import { expect, test } from 'vitest';
import { type ShownNumber, shownFigure } from './shown-figure.ts';

const number = (change: Partial<ShownNumber>): ShownNumber => ({
  value: { q: '=', n: 37 },
  accepted: false,
  fromEarlierStageOrPart: false,
  values: [
    { figure: { q: '=', n: 37 }, reports: 4 },
    { figure: { q: '=', n: 38 }, reports: 1 },
  ],
  given: 5,
  of: 8,
  ...change,
});

test('a disputed number is shown as its spread', () => {
  expect(shownFigure(number({}))).toEqual({ q: '..', n: 37, m: 38 });
});

test('what a person accepted stands', () => {
  expect(shownFigure(number({ accepted: true }))).toEqual({ q: '=', n: 37 });
});

test('without an upper end, or in two units, there is no spread', () => {
  const open = { figure: { q: '>', n: 115 } as const, reports: 1 };
  const one = { figure: { q: '=', n: 37 } as const, reports: 1 };
  expect(shownFigure(number({ values: [one, open] }))).toEqual({ q: '=', n: 37 });
  const families = { figure: { q: '=', n: 900, unit: 'families' } as const, reports: 1 };
  expect(shownFigure(number({ values: [one, families] }))).toEqual({ q: '=', n: 37 });
});
