import type { TableRow } from './csv/table.ts';
import { type RowError, shown } from './problems.ts';
import type { RecognisedTable } from './recognise.ts';
import type { CellResult } from './values/cells.ts';

/** The cells of one row by field; what cannot be read is gathered, so that all of it is told. */
export interface RowReader {
  readonly file: string;
  readonly row: number;
  /** The cell of a field; '' where it is blank or the file has no such column. */
  text(field: string): string;
  /** What a cell holds; undefined where it is blank, or wrong (and then in `errors`). */
  read<T>(field: string, reader: (text: string) => CellResult<T>): T | undefined;
  /** The same, where a blank cell is an error too. */
  need<T>(field: string, reader: (text: string) => CellResult<T>): T | undefined;
  fail(field: string, reason: string, detail?: string): void;
  heading(field: string): string;
  readonly errors: readonly RowError[];
}

export function readRow(table: RecognisedTable, file: string, { row, cells }: TableRow): RowReader {
  const errors: RowError[] = [];
  const reader: RowReader = {
    file,
    row,
    errors,
    heading: (field) => table.headings.get(field) ?? field,
    text(field) {
      const at = table.places.get(field);
      return at === undefined ? '' : (cells[at] ?? '');
    },
    read(field, read) {
      const text = reader.text(field);
      if (text === '') return undefined;
      const result = read(text);
      if (result.ok) return result.value;
      reader.fail(field, result.error);
      return undefined;
    },
    need(field, read) {
      if (reader.text(field) === '') reader.fail(field, 'required');
      return reader.read(field, read);
    },
    fail(field, reason, detail) {
      const value = shown(reader.text(field));
      const error = { file, row, column: reader.heading(field), value, reason };
      errors.push(detail === undefined ? error : { ...error, detail });
    },
  };
  return reader;
}
