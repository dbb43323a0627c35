/**
 * What can be wrong with a file, a row or a name. Rows count as in a spreadsheet: the first row of
 * the file is 1, whatever line breaks its cells hold.
 */

/** The whole file cannot be read: nothing of it is used. */
export interface FileError {
  readonly type:
    | 'empty_file'
    | 'no_rows'
    | 'not_text'
    | 'not_csv'
    | 'broken_encoding'
    | 'file_too_large'
    | 'line_too_long'
    | 'too_many_columns'
    | 'too_many_rows'
    | 'unclosed_quote'
    | 'duplicate_column'
    | 'missing_column'
    | 'unrecognised_columns'
    | 'unknown_mapping';
  readonly file: string;
  readonly row?: number;
  readonly column?: string;
  /** The limit that was passed, or the columns found. */
  readonly detail?: string;
}

/** One row cannot be used; the others can. `value` is as it stands in the file, at most 200 signs. */
export interface RowError {
  readonly file: string;
  readonly row: number;
  readonly column: string;
  readonly value: string;
  /** A stable code: `required`, `no_such_day`, `ambiguous_date`, `unknown_value`, `negative`, … */
  readonly reason: string;
  readonly detail?: string;
}

/** Something a person should know; everything is read all the same. */
export interface ReadWarning {
  readonly type:
    | 'extra_column'
    | 'column_not_carried'
    | 'unknown_place'
    | 'ambiguous_place'
    | 'place_of_total'
    | 'unknown_organisation'
    | 'unknown_sector'
    | 'unknown_event'
    | 'repeated_row'
    | 'nothing_to_record'
    | 'status_without_date';
  readonly file: string;
  readonly row?: number;
  readonly column?: string;
  readonly value?: string;
  /** Names that come near an unknown place, best first. */
  readonly near?: readonly string[];
}

const SHOWN = 200;

/** A cell's value short enough to be shown in a line of an error list. */
export const shown = (value: string): string =>
  value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
