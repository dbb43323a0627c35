import type { Group } from '#lib/changes/change.ts';
import { foldGroups } from '#lib/changes/fold-changes.ts';
import type { RecordState } from '#lib/changes/fold.ts';
import { liveRecords } from '#lib/changes/live-records.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { emptyDataset, readRecord } from '#lib/domain/records/read-record.ts';
import { isRecordKind } from '#lib/domain/records/registry.ts';
import { inPieces } from './store/rows.ts';
import type { Queries } from './store/store.ts';
import { readStoredGroup } from './sync/stored-groups.ts';

/** All live records of an operation, as its coordinators see them: both streams, folded. */
export async function readDataset(db: Queries, operation: string): Promise<Dataset> {
  return datasetOf(foldGroups(await readAllGroups(db, operation)).records);
}

/** Every stored group of an operation, in the order in which they came. */
export async function readAllGroups(db: Queries, operation: string): Promise<Group[]> {
  const ids = await db
    .selectFrom('groups')
    .select('id')
    .where('operation', '=', operation)
    .where('state', '=', 'stored')
    .orderBy('receivedAt')
    .execute();
  const groups: Group[] = [];
  for (const piece of inPieces(ids.map((row) => row.id))) {
    const rows = await db
      .selectFrom('groups')
      .select('bytes')
      .where('operation', '=', operation)
      .where('id', 'in', piece)
      .execute();
    for (const row of rows) groups.push(readStoredGroup(row.bytes));
  }
  return groups;
}

/** States of records to the records they show; one that lacks what it needs is left out. */
export function datasetOf(states: ReadonlyMap<string, RecordState>): Dataset {
  const dataset = emptyDataset();
  for (const { kind, id, values } of liveRecords(states)) {
    if (!isRecordKind(kind)) continue;
    const read = readRecord(kind, id, values);
    if (read.ok) (dataset[kind] as Map<string, unknown>).set(id, read.value.record);
  }
  return dataset;
}
