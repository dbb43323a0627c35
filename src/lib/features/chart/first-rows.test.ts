import { expect, test } from 'vitest';
import type { Chart } from '#lib/charts/prepare/chart.ts';
import { rowScene } from '#lib/charts/prepare/row-chart.ts';
import { roughWidth } from '#lib/charts/prepare/timeline-input.ts';
import { dayOf } from '#lib/domain/dates/day.ts';
import { NOTHING_HELD } from '../../../../tests/support/released.ts';
import { readerOf } from '../../../../tests/support/readers.ts';
import { chartOfFirst } from './first-rows.ts';

const reader = await readerOf('en');
const DRAW = { width: 328, rightToLeft: false, measure: roughWidth };

const chartOf = (rows: readonly string[]): Chart => ({
  kind: 'supply',
  asOf: dayOf(2016, 6, 30),
  basis: NOTHING_HELD,
  finding: `${rows.length} found`,
  caveats: ['always'],
  source: '',
  table: { columns: [], rows: rows.map((text) => ({ cells: [{ text }], records: [] })) },
  draw: (options) =>
    rowScene(
      rows.map((id) => ({
        id,
        name: id,
        figures: [],
        label: id,
        records: [],
        plotHeight: 8,
        draw: () => [],
      })),
      null,
      options,
    ),
});
const drawn = (chart: Chart): string[] => chart.draw(DRAW).targets.map(({ id }) => id);

test('what is not drawn is still in the table and the finding, and the picture says so', () => {
  const chart = chartOfFirst(['a', 'b', 'c'], chartOf, reader, { shown: 2 });
  expect(drawn(chart)).toEqual(['a', 'b']);
  expect(chart.table.rows).toHaveLength(3);
  expect(chart.finding).toBe('3 found');
  expect(chart.caveats).toEqual([expect.stringMatching(/2 of 3/), 'always']);
});

test('of months the last are drawn', () => {
  const chart = chartOfFirst(['a', 'b', 'c'], chartOf, reader, { shown: 2, isLast: true });
  expect(drawn(chart)).toEqual(['b', 'c']);
});

test('what has room is drawn whole, without a word about it', () => {
  const chart = chartOfFirst(['a', 'b'], chartOf, reader, { shown: 2 });
  expect(drawn(chart)).toEqual(['a', 'b']);
  expect(chart.caveats).toEqual(['always']);
});
