import { dayFromIso, type Day } from '#lib/domain/dates/day.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import {
  operationRecords,
  readOperationFile,
  type OperationFile,
} from '#lib/exchange/operation-file.ts';
import { readFiles, type InputFile } from '#lib/exchange/read-files.ts';
import type { RecordEdit } from './records-api.ts';

/** "Syria, to 30 June 2016": kept with the application as files in its own formats. */
const FOLDER = '/example/';

export type ExampleError =
  { readonly type: 'offline' } | { readonly type: 'example_unreadable'; readonly file: string };

export interface Example {
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  /** The day that its waits are counted to. */
  readonly asOf: Day;
  readonly edits: readonly RecordEdit[];
}

/** The example's own facts: its name, its day. */
export async function readExampleOperation(): Promise<
  Result<Pick<Example, 'name' | 'names' | 'asOf'>, ExampleError>
> {
  const file = await fetchOperationFile();
  return file.ok ? ok(factsOf(file.value)) : file;
}

/**
 * The example as edits for one operation: its record ids follow from the operation's, and what the
 * operation has already is found again, so that loading it twice adds nothing.
 */
export async function readExample(
  operation: string,
  existing: Dataset | undefined,
): Promise<Result<Example, ExampleError>> {
  const described = await fetchOperationFile();
  if (!described.ok) return described;
  const file = described.value;
  const inputs: InputFile[] = [];
  for (const name of file.files) {
    const content = await fetchText(name);
    if (content === undefined) return err({ type: 'offline' });
    inputs.push({ name, content });
  }
  const read = readFiles(inputs, { operation, ...(existing ? { existing } : {}) });
  if (!read.ok) return err({ type: 'example_unreadable', file: read.error[0]?.file ?? '' });
  const facts = operationRecords(file, operation);
  const hasOperation = existing !== undefined && existing.operation.size > 0;
  const edits: RecordEdit[] = [
    ...facts.filter(({ kind }) => kind !== 'operation'),
    ...read.value.records,
    // Last, so that an operation that has one has all of the example.
    ...facts.filter(({ kind }) => kind === 'operation' && !hasOperation),
  ];
  return ok({ ...factsOf(file), edits });
}

function factsOf(file: OperationFile): Pick<Example, 'name' | 'names' | 'asOf'> {
  const asOf = dayFromIso(file.asOf);
  if (!asOf.ok) throw new Error('the example names its day');
  return { name: file.name, names: file.names, asOf: asOf.value };
}

async function fetchOperationFile(): Promise<Result<OperationFile, ExampleError>> {
  const name = 'operation.json';
  const text = await fetchText(name);
  if (text === undefined) return err({ type: 'offline' });
  const file = readOperationFile(text);
  return file.ok ? file : err({ type: 'example_unreadable', file: name });
}

async function fetchText(name: string): Promise<string | undefined> {
  try {
    const response = await fetch(FOLDER + name);
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}
