import type { Chart } from '#lib/charts/prepare/chart.ts';
import type { Reader } from '#lib/statements/render.ts';

export interface FirstRows {
  /** How many rows are drawn at most. */
  readonly shown: number;
  /** Of rows in the order of time, the last are drawn. */
  readonly isLast?: boolean;
}

/**
 * A chart of many rows, of which so many are drawn that a screen can show them. Its finding, its
 * table and its file of values hold all rows, and a caveat says how many the picture has.
 */
export function chartOfFirst<Row>(
  rows: readonly Row[],
  make: (rows: readonly Row[]) => Chart,
  { language }: Pick<Reader, 'language'>,
  { shown, isLast = false }: FirstRows,
): Chart {
  const whole = make(rows);
  if (rows.length <= shown) return whole;
  const part = isLast ? rows.slice(-shown) : rows.slice(0, shown);
  const drawn = language.t('chart.drawnOf', { shown, count: rows.length });
  return { ...whole, caveats: [drawn, ...whole.caveats], draw: make(part).draw };
}
