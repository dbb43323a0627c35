import type { Dataset } from '#lib/domain/records/dataset.ts';
import { emptyDataset, readRecord } from '#lib/domain/records/read-record.ts';
import { RECORD_KINDS, type RecordKind } from '#lib/domain/records/registry.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { collectRecords } from './collection.ts';
import { type FileKind, FILE_KINDS } from './columns.ts';
import { decodeText } from './csv/decode.ts';
import { readTable, type Table } from './csv/table.ts';
import { readClaim } from './formats/claims.ts';
import { readDelivery } from './formats/deliveries.ts';
import { readLocality, readOrganisation } from './formats/localities.ts';
import { readPopulation } from './formats/populations.ts';
import { readReport } from './formats/reports.ts';
import type { ImportedRecord } from './imported-record.ts';
import { type FormerNames, knownPlaces } from './places.ts';
import type { FileError, ReadWarning, RowError } from './problems.ts';
import type { Reading, RowFormat } from './reading.ts';
import { recognise, type RecognisedTable } from './recognise.ts';
import { readRow } from './row-reader.ts';
import type { DateOrder } from './values/dates.ts';

export interface InputFile {
  readonly name: string;
  readonly content: Uint8Array | string;
}

export interface ReadOptions {
  /** The operation's random id; for files without a store, the word `files`. */
  readonly operation: string;
  /** What the operation holds already: found again, and kept. */
  readonly existing?: Dataset;
  /** What its places were called before somebody renamed them. */
  readonly formerNames?: FormerNames;
  readonly kind?: FileKind;
  /** Headings to the names of our columns. */
  readonly map?: ReadonlyMap<string, string>;
  readonly dateOrder?: DateOrder;
}

export interface FilesRead {
  /** What the operation holds with the files. */
  readonly dataset: Dataset;
  /** What the files say, record by record, in an order in which references come first. */
  readonly records: readonly ImportedRecord[];
  /** Rows that were left out. */
  readonly errors: readonly RowError[];
  readonly warnings: readonly ReadWarning[];
}

const FORMATS: Readonly<Record<FileKind, RowFormat>> = {
  localities: readLocality,
  organisations: readOrganisation,
  reports: readReport,
  deliveries: readDelivery,
  claims: readClaim,
  populations: readPopulation,
};

interface KnownTable extends RecognisedTable {
  readonly table: Table;
}

function tableOf(file: InputFile, options: ReadOptions): Result<KnownTable, FileError> {
  const { name, content } = file;
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const text = decodeText(name, bytes);
  if (!text.ok) return text;
  const table = readTable(name, text.value);
  if (!table.ok) return table;
  const known = recognise(table.value, options);
  return known.ok ? ok({ ...known.value, table: table.value }) : known;
}

/**
 * Files of one operation to its records. A file that cannot be read as a table of a kind we know is
 * an error of all of them; a row that is wrong is left out and told, and the others go in. Places
 * and organisations are read first, whatever the order of the files.
 */
export function readFiles(
  files: readonly InputFile[],
  options: ReadOptions,
): Result<FilesRead, readonly FileError[]> {
  const tables: KnownTable[] = [];
  const failures: FileError[] = [];
  for (const file of files) {
    const table = tableOf(file, options);
    if (table.ok) tables.push(table.value);
    else failures.push(table.error);
  }
  if (failures.length > 0) return err(failures);

  const errors: RowError[] = [];
  const warnings = new Map<string, ReadWarning>();
  const collection = collectRecords(options.operation, options.existing);
  const said = new Map<string, { readonly row: string; readonly values: string }>();
  const reading: Reading = {
    collection,
    places: knownPlaces(collection, options.existing, options.formerNames),
    ...(options.dateOrder === undefined ? {} : { dateOrder: options.dateOrder }),
    warn(warning) {
      const { type, file, column, value, row } = warning;
      // One warning a name or column: a name may stand in a thousand rows.
      const about = value === undefined && column === undefined ? `row ${row}` : value;
      const key = [type, file, value === undefined ? column : '', about].join('|');
      if (!warnings.has(key)) warnings.set(key, warning);
    },
    isRepeated(row, key, values) {
      const own = { row: `${row.file}:${row.row}`, values: JSON.stringify(values) };
      const first = said.get(key);
      if (!first) said.set(key, own);
      else if (first.values === own.values) {
        reading.warn({ type: 'repeated_row', file: row.file, row: row.row });
      } else row.fail('event_key', 'differs_from_earlier_row', first.row);
      return first !== undefined;
    },
  };
  for (const kind of FILE_KINDS) {
    for (const known of tables) if (known.kind === kind) readRows(known, reading, errors);
  }
  const records = inOrder(collection.records());
  return ok({
    dataset: withRecords(options.existing, records),
    records,
    errors,
    warnings: [...warnings.values()],
  });
}

function readRows(known: KnownTable, reading: Reading, errors: RowError[]): void {
  const { file } = known.table;
  for (const heading of known.extra) {
    reading.warn({ type: 'extra_column', file, column: heading });
  }
  for (const tableRow of known.table.rows) {
    const row = readRow(known, file, tableRow);
    FORMATS[known.kind](row, reading);
    errors.push(...row.errors);
  }
}

const ORDER: readonly RecordKind[] = [
  'locality',
  'organisation',
  'source',
  'convoy',
  'stop',
  'itemLine',
  'report',
  'claim',
  'accessStatus',
  'population',
];

function inOrder(records: readonly ImportedRecord[]): readonly ImportedRecord[] {
  return [...records].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

/** A data set with records brought in over what it holds. */
export function withRecords(
  existing: Dataset | undefined,
  records: readonly ImportedRecord[],
): Dataset {
  const dataset = emptyDataset();
  for (const kind of Object.keys(RECORD_KINDS) as RecordKind[]) {
    const live = dataset[kind] as Map<string, unknown>;
    for (const [id, record] of existing?.[kind] ?? []) live.set(id, record);
  }
  for (const { kind, id, values } of records) {
    const live = dataset[kind] as Map<string, { readonly id: string }>;
    const read = readRecord(kind, id, { ...withoutId(live.get(id)), ...values });
    if (!read.ok) throw new Error(`a ${kind} of a file lacks ${read.error.problems[0]?.field}`);
    if (read.value.problems.length > 0) {
      throw new Error(`a ${kind} of a file holds a wrong ${read.value.problems[0]?.field}`);
    }
    live.set(id, read.value.record);
  }
  return dataset;
}

function withoutId(record: { readonly id: string } | undefined): Record<string, unknown> {
  const values: Record<string, unknown> = { ...record };
  delete values.id;
  return values;
}
