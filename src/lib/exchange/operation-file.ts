import * as v from 'valibot';
import { milestoneFields, operationFields } from '#lib/domain/records/schemas.ts';
import { edtf, names } from '#lib/domain/records/fields.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { collectRecords } from './collection.ts';
import type { ImportedRecord } from './imported-record.ts';

const fileName = v.pipe(v.string(), v.regex(/^[a-z0-9_-]+\.csv$/));

const operationFile = v.object({
  name: operationFields.name,
  /** The name by language. */
  names,
  country: operationFields.country,
  languages: operationFields.languages,
  defaultClassifier: operationFields.defaultClassifier,
  /** The last day that the files tell of. */
  asOf: edtf,
  /** The tables beside it. */
  files: v.array(fileName),
  milestones: v.array(v.object({ date: milestoneFields.date, labels: milestoneFields.labels })),
});

/** An operation kept as files: what no table holds of it, and which tables belong to it. */
export type OperationFile = v.InferOutput<typeof operationFile>;

export interface OperationFileError {
  readonly type: 'not_an_operation_file';
  /** The first part of the file that is wrong, as a path of keys; '' where it is no JSON. */
  readonly where: string;
}

/** Reads an `operation.json`. */
export function readOperationFile(text: string): Result<OperationFile, OperationFileError> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err({ type: 'not_an_operation_file', where: '' });
  }
  const read = v.safeParse(operationFile, json);
  if (read.success) return ok(read.output);
  return err({ type: 'not_an_operation_file', where: v.getDotPath(read.issues[0]) ?? '' });
}

/** The operation and its milestones as records; the operation's record has the operation's id. */
export function operationRecords(
  file: OperationFile,
  operation: string,
): readonly ImportedRecord[] {
  const collection = collectRecords(operation);
  const { name, country, languages, defaultClassifier } = file;
  collection.putAt('operation', operation, { name, country, languages, defaultClassifier });
  for (const { date, labels } of file.milestones) collection.put('milestone', { date, labels });
  return collection.records();
}
