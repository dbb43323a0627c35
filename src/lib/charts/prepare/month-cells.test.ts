import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Day, dayOf, monthIndexOf, type Span } from '#lib/domain/dates/day.ts';
import { cellFigure, cellShapes } from './month-cell-shapes.ts';
import { type MonthCell, monthCells, monthsBefore } from './month-cells.ts';

const AS_OF = dayOf(2016, 6, 29);
const MONTHS = monthsBefore(AS_OF, 6);
const mark = (earliest: Day, latest = earliest) => ({
  id: `${earliest}`,
  date: { earliest, latest },
  record: `r${earliest}`,
});
const cellsOf = (spans: readonly (readonly [Day, Day?])[], recordsSince: Span | null = null) =>
  monthCells(
    { deliveries: spans.map(([from, to]) => mark(from, to)), refusals: [], recordsSince },
    MONTHS,
    AS_OF,
  );

describe('deliveries of a month', () => {
  test('the months end with the one of the as-of date', () => {
    expect(MONTHS.map((month) => month - monthIndexOf(AS_OF))).toEqual([-5, -4, -3, -2, -1, 0]);
  });

  test('a whole month is certain in it; a week over its end is possible in both', () => {
    const cells = cellsOf([
      [dayOf(2016, 2, 1), dayOf(2016, 2, 29)],
      [dayOf(2016, 3, 28), dayOf(2016, 4, 2)],
    ]);
    expect(cells.map(({ certain, possible }) => [certain, possible])).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [0, 1],
      [0, 0],
      [0, 0],
    ]);
  });

  test('nothing after the as-of date counts, and what straddles it is possible', () => {
    const cells = cellsOf([[AS_OF + 1], [AS_OF - 1, AS_OF + 3]]);
    expect(cells.at(-1)).toMatchObject({ certain: 0, possible: 1 });
  });

  test('no record is not the same as none: only complete records make none', () => {
    const since = { earliest: dayOf(2016, 3, 1), latest: dayOf(2016, 3, 31) };
    expect(cellsOf([], since).map(({ isComplete }) => isComplete)).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
    expect(cellsOf([]).some(({ isComplete }) => isComplete)).toBe(false);
  });

  test('no delivery counts as certain in two months', () => {
    const spans = fc.array(fc.tuple(fc.integer({ min: -200, max: 10 }), fc.nat(70)));
    fc.assert(
      fc.property(spans, (all) => {
        const cells = cellsOf(all.map(([at, days]) => [AS_OF + at, AS_OF + at + days] as const));
        const certain = cells.reduce((sum, cell) => sum + cell.certain, 0);
        expect(certain).toBeLessThanOrEqual(all.length);
        for (const cell of cells) {
          expect(cell.records).toHaveLength(cell.certain + cell.possible);
        }
      }),
    );
  });
});

describe('a month cell', () => {
  const box = { x: 0, y: 0, width: 30, height: 23, rightToLeft: false };
  const empty = { month: 0, certain: 0, possible: 0, refusals: 0, isComplete: false, records: [] };
  const looksOf = (cell: Partial<MonthCell>): string[] =>
    cellShapes({ ...empty, ...cell }, box, String).map(({ look }) => look);

  test('heat by count, hatched without a record, outlined where none came', () => {
    expect(looksOf({ certain: 1 })).toEqual(['heat1', 'text']);
    expect(looksOf({ certain: 2 })).toEqual(['heat2', 'text']);
    expect(looksOf({ certain: 7 })).toEqual(['heat3', 'onHeat']);
    expect(looksOf({})).toEqual(['cellUnknown']);
    expect(looksOf({ isComplete: true })).toEqual(['cellNone']);
    expect(looksOf({ possible: 1 })).toEqual(['cellPossible', 'text']);
  });

  test('a refusal is a diamond in the cell, beside a count or alone', () => {
    expect(looksOf({ refusals: 2 })).toEqual(['cellUnknown', 'refusal']);
    expect(looksOf({ certain: 1, refusals: 1 })).toEqual(['heat1', 'text', 'refusal']);
  });

  test('the figure says what may be more, and never 0 for no record', () => {
    expect(cellFigure({ ...empty, certain: 2 }, String)).toBe('2');
    expect(cellFigure({ ...empty, certain: 2, possible: 1 }, String)).toBe('2–3');
    expect(cellFigure({ ...empty, possible: 1 }, String)).toBe('≤\u202f1');
  });
});
