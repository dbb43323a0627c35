import { type Figure, parseFigure, type PeopleUnit } from '#lib/domain/figures/figure.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { MAX_CELL_LENGTH } from '../limits.ts';

/** What one cell holds, or a stable code that says why not. */
export type CellResult<T> = Result<T, string>;

const MAX_LINE_LENGTH = 1_000;
const MAX_VALUES = 500;

export const readText = (text: string): CellResult<string> =>
  text.length > MAX_CELL_LENGTH ? err('too_long') : ok(text);

export const readLine = (text: string): CellResult<string> =>
  text.length > MAX_LINE_LENGTH ? err('too_long') : ok(text);

/** Several values in one cell, between `;` (or `|`, where the format says so); empty ones fall out. */
export function readList(text: string, separator: RegExp = /;/): CellResult<readonly string[]> {
  const values = text
    .split(separator)
    .map((value) => value.trim())
    .filter((value) => value !== '');
  if (values.length > MAX_VALUES) return err('too_many_values');
  return values.some((value) => value.length > MAX_LINE_LENGTH) ? err('too_long') : ok(values);
}

export function readFigure(text: string, unit?: PeopleUnit): CellResult<Figure> {
  const read = parseFigure(text, unit);
  return read.ok ? read : err(read.error.type);
}

/** A word of a closed list, in any case, with spaces or hyphens for `_`. */
export function readWord<W extends string>(words: readonly W[], text: string): CellResult<W> {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/[\s/-]+/g, '_');
  const exact = words.find((word) => word === plain);
  if (exact !== undefined) return ok(exact);
  // "cross-line inter-agency convoy" says cross_line and more.
  const start = words.find((word) => plain.startsWith(`${word}_`));
  return start === undefined ? err('unknown_value') : ok(start);
}

/** Degrees north or east within ±`limit`. */
export function readDegrees(text: string, limit: number): CellResult<number> {
  if (!/^[+-]?\d{1,3}(?:\.\d+)?$/.test(text)) return err('not_a_number');
  const value = Number(text);
  return Math.abs(value) > limit ? err('out_of_range') : ok(value);
}
