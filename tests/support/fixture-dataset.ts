import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readFiles } from '#lib/exchange/read-files.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { emptyDataset, readRecord } from '#lib/domain/records/read-record.ts';
import type { RecordKind } from '#lib/domain/records/registry.ts';

/** The records of CSV fixtures, together one data set. */
export function fixtureDataset(...names: readonly string[]): Dataset {
  const files = names.map((name) => ({
    name,
    content: readFileSync(fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url))),
  }));
  const read = readFiles(files, { operation: 'files' });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value.dataset;
}

/** A record written down in a test: its kind and values. */
export type WrittenRecord = readonly [RecordKind, Readonly<Record<string, unknown>>];

/** A data set of records written down in a test, by id, over those of another one. */
export function datasetOf(
  records: Readonly<Record<string, WrittenRecord>>,
  existing: Dataset = emptyDataset(),
): Dataset {
  const dataset: Record<RecordKind, Map<string, unknown>> = emptyDataset();
  for (const kind of Object.keys(dataset) as RecordKind[]) {
    for (const [id, record] of existing[kind]) dataset[kind].set(id, record);
  }
  for (const [id, [kind, values]] of Object.entries(records)) {
    const read = readRecord(kind, id, values);
    if (!read.ok) throw new Error(`${id} lacks ${read.error.problems[0]?.field}`);
    const [problem] = read.value.problems;
    if (problem) throw new Error(`${id}: ${problem.type} ${problem.field}`);
    dataset[kind].set(id, read.value.record);
  }
  return dataset as Dataset;
}
