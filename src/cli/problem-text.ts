import type { FileError, ReadWarning, RowError } from '#lib/exchange/problems.ts';

/** Lines for people who run commands: file, row, column, value, reason. */

const REASONS: Readonly<Record<string, string>> = {
  required: 'must not be blank',
  no_such_day: 'there is no such day',
  no_such_month: 'there is no such month',
  ambiguous_date: 'can be two dates; say which with --date-order dmy or mdy',
  not_a_date: 'is not a date',
  reversed_interval: 'ends before it begins',
  open_interval: 'has an open end',
  unsupported_edtf: 'is a kind of date that is not supported',
  year_out_of_range: 'lies outside the years 1 to 9999',
  unknown_value: 'is not a known value of this column',
  not_a_number: 'is not a number',
  negative: 'is negative',
  too_large: 'is too large',
  out_of_range: 'is out of range',
  ambiguous_separator: 'can be two numbers',
  unsupported_qualifier: 'has a sign before it that is not supported',
  qualified_range: 'is a range with a sign before it',
  reversed_range: 'is a range whose end is less than its start',
  not_a_name: 'holds a name without any letter or digit',
  not_a_sector: 'is not CODE or CODE@place',
  unknown_lens: 'is not a lens',
  unknown_modality: 'names no modality that is known',
  unknown_organisation_type: 'names no type of organisation that is known',
  empty_value: 'leaves a value out',
  too_long: 'is too long',
  too_many_values: 'holds too many values',
  differs_from_earlier_row: 'is the same report as an earlier row with other values',
};

const quoted = (value: string): string => JSON.stringify(value);

export function rowErrorText({ file, row, column, value, reason, detail }: RowError): string {
  const why = REASONS[reason] ?? reason;
  const more = detail === undefined ? '' : ` (${detail})`;
  return `error: ${file}: row ${row}, column ${column}: ${quoted(value)} ${why}${more}`;
}

const FILE_PROBLEMS: Readonly<Record<FileError['type'], string>> = {
  empty_file: 'the file is empty',
  no_rows: 'there is a header and no row below it',
  not_text: 'this is not a text file',
  not_csv: 'this is a workbook or an archive; save the sheet as CSV',
  broken_encoding: 'its encoding is broken',
  file_too_large: 'the file is too large',
  line_too_long: 'a line is too long',
  too_many_columns: 'there are too many columns',
  too_many_rows: 'there are too many rows',
  unclosed_quote: 'a quote is opened and not closed, or followed by more text',
  duplicate_column: 'two columns have one heading',
  missing_column: 'a column is missing',
  unrecognised_columns: 'the columns fit no kind of file that is known',
  unknown_mapping: 'no column of the file has this heading, or no field this name',
};

export function fileErrorText({ type, file, row, column, detail }: FileError): string {
  const where = [
    ...(row === undefined ? [] : [`row ${row}`]),
    ...(column === undefined ? [] : [`column ${column}`]),
  ];
  const at = where.length === 0 ? '' : `${where.join(', ')}: `;
  const limit = detail === undefined ? '' : ` (${detail})`;
  return `error: ${file}: ${at}${FILE_PROBLEMS[type]}${limit}`;
}

const WARNINGS: Readonly<Record<ReadWarning['type'], string>> = {
  extra_column: 'column is not known and was not read',
  column_not_carried: 'column is known and has no place in the records yet',
  unknown_place: 'no place of this name is known for certain; it becomes a place of its own',
  ambiguous_place: 'several places have this name; it becomes a place of its own',
  place_of_total: 'is named in a total alone and makes no place',
  unknown_organisation: 'no organisation of this name is known; it becomes one of its own',
  unknown_sector: 'sector code is not known; it is kept as it is',
  unknown_event: 'no report of this convoy is known',
  repeated_row: 'says again what an earlier row said',
  nothing_to_record: 'says neither a number nor places, and makes no record',
  status_without_date: 'a status without its day or its classifier makes no record',
};

export function warningText({ type, file, row, column, value, near }: ReadWarning): string {
  const where = [
    ...(row === undefined ? [] : [`row ${row}`]),
    ...(column === undefined ? [] : [`column ${column}`]),
  ];
  const about = value === undefined ? '' : `${quoted(value)}: `;
  const like = near && near.length > 0 ? ` (near: ${near.join(', ')})` : '';
  return `warning: ${[file, ...where].join(', ')}: ${about}${WARNINGS[type]}${like}`;
}
