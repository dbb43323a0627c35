import Papa from 'papaparse';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { HXL_ROWS, MAX_COLUMNS, MAX_ROWS } from '../limits.ts';
import type { FileError } from '../problems.ts';

export interface TableRow {
  /** As in a spreadsheet: the first row of the file is 1. */
  readonly row: number;
  readonly cells: readonly string[];
}

/** A table with its header; `hxl` holds the tags where the file has a row of them. */
export interface Table {
  readonly file: string;
  readonly header: readonly string[];
  readonly hxl: readonly string[] | null;
  readonly rows: readonly TableRow[];
}

const DELIMITERS = [',', ';', '\t'] as const;
const HXL_TAG = /^#[a-z][a-z0-9_]*(?:\s*\+\s*[a-z][a-z0-9_]*)*$/i;

function firstCells(text: string, delimiter: string): readonly string[] {
  const start = text.slice(0, text.search(/\S/) + 65_536);
  const parsed = Papa.parse<string[]>(start, { delimiter, newline: '\n', preview: 1 });
  return parsed.data[0] ?? [];
}

/** The one of comma, semicolon and tab that gives the first row most cells; comma when none does. */
export function detectDelimiter(text: string): string {
  let best: string = DELIMITERS[0];
  let most = 1;
  for (const delimiter of DELIMITERS) {
    const cells = firstCells(text, delimiter).length;
    if (cells > most) {
      best = delimiter;
      most = cells;
    }
  }
  return best;
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

function isHxlRow(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return filled.length > 0 && filled.every((cell) => HXL_TAG.test(cell));
}

/** All rows that hold something, with their row numbers; stops at the first that goes too far. */
function readRows(file: string, text: string): Result<TableRow[], FileError> {
  const rows: TableRow[] = [];
  let row = 0;
  let failure: FileError | undefined;
  Papa.parse<string[]>(text, {
    delimiter: detectDelimiter(text),
    newline: '\n',
    step: ({ data, errors }, parser) => {
      row++;
      if (
        errors.some((error) => error.code === 'MissingQuotes' || error.code === 'InvalidQuotes')
      ) {
        failure = { type: 'unclosed_quote', file, row };
      } else if (data.length > MAX_COLUMNS) {
        failure = { type: 'too_many_columns', file, row, detail: String(MAX_COLUMNS) };
      } else if (rows.length > MAX_ROWS) {
        failure = { type: 'too_many_rows', file, row, detail: String(MAX_ROWS) };
      }
      if (failure) parser.abort();
      else if (!isBlank(data)) rows.push({ row, cells: data.map((cell) => cell.trim()) });
    },
  });
  return failure ? err(failure) : ok(rows);
}

/**
 * Text to a table. A row of HXL tags within the first 25 rows decides what the columns are, and the
 * row above it is the header; otherwise the first row with anything in it is the header.
 */
export function readTable(file: string, text: string): Result<Table, FileError> {
  const read = readRows(file, text);
  if (!read.ok) return read;
  const all = read.value;
  const first = all[0];
  if (!first) return err({ type: 'empty_file', file });
  const tagAt = all.findIndex(({ row, cells }) => row <= HXL_ROWS && isHxlRow(cells));
  const tags = tagAt < 0 ? undefined : all[tagAt];
  const header = tags ? (all[tagAt - 1]?.cells ?? tags.cells) : first.cells;
  const rows = all.slice(tags ? tagAt + 1 : 1);
  if (rows.length === 0) return err({ type: 'no_rows', file });
  return ok({ file, header, hxl: tags ? tags.cells : null, rows });
}
