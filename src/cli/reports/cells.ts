import type { NumberOrRange } from '#lib/domain/access/reports.ts';
import type { TableRow } from './report-answer.ts';

/** A number known by its bounds as two columns, the least and the greatest; unknown stays empty. */
export const boundCells = (value: NumberOrRange | null): TableRow =>
  value === null ? [null, null] : typeof value === 'number' ? [value, value] : [...value];

/** Several values in one cell. */
export const listCell = (values: readonly string[]): string => values.join('; ');
