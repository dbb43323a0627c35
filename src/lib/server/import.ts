import type { Change } from '#lib/changes/change.ts';
import { editRecord } from '#lib/changes/edit.ts';
import { foldGroups } from '#lib/changes/fold-changes.ts';
import type { RecordState } from '#lib/changes/fold.ts';
import { randomId } from '#lib/crypto/random.ts';
import type { ImportedRecord } from '#lib/exchange/imported-record.ts';
import { groupImport } from './import-groups.ts';
import { commitBatch, importerContext, importerIds, type ImporterOptions } from './importer.ts';
import type { ServerKeys } from './keys.ts';
import { audit } from './people/audit.ts';
import { rowsFor } from './store/rows.ts';
import type { Queries, Store } from './store/store.ts';
import { readGroups } from './sync/stored-groups.ts';

export interface ImportOptions extends ImporterOptions {
  /** Says what would change, and changes nothing. */
  readonly dryRun?: boolean;
}

export interface ImportResult {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Names the whole import, so that it can be undone; null when nothing was to do. */
  readonly batch: string | null;
}

/**
 * Brings records into the store, signed by the server's own key. Only what differs from what stands
 * becomes a change, so importing the same again changes nothing, and going on after a break
 * finishes it.
 */
export async function importRecords(
  store: Store,
  keys: ServerKeys,
  records: readonly ImportedRecord[],
  options: ImportOptions,
): Promise<ImportResult> {
  const { operation } = options;
  const states = await readStates(store.db, operation, new Set(records.map((record) => record.id)));
  const context = importerContext(options);
  const changes = new Map<ImportedRecord, Change>();
  for (const record of records) {
    const state = states.get(record.id);
    const values = state || Object.keys(record.values).length > 0 ? record.values : CREATED_ONLY;
    const change = editRecord(state, record.kind, record.id, values, context);
    if (change) changes.set(record, change);
  }
  const created = [...changes.keys()].filter((record) => !states.has(record.id)).length;
  const counts = {
    created,
    changed: changes.size - created,
    unchanged: records.length - changes.size,
  };
  if (changes.size === 0 || options.dryRun) return { ...counts, batch: null };
  const batch = randomId();
  await commitBatch(store, keys, batch, groupImport(records, changes), options);
  const { as } = options;
  const entry = {
    operation,
    at: options.now,
    action: 'imported',
    ...importerIds(options),
  } as const;
  await audit(store.db, { ...entry, detail: { batch, as, ...counts } });
  return { ...counts, batch };
}

/** A record without anything to say is there all the same. */
const CREATED_ONLY = { _created: true } as const;

/** The states of these records, from every stored change to them. */
async function readStates(
  db: Queries,
  operation: string,
  records: ReadonlySet<string>,
): Promise<ReadonlyMap<string, RecordState>> {
  const rows = await rowsFor(records, (piece) =>
    db
      .selectFrom('changes')
      .select('groupId')
      .distinct()
      .where('operation', '=', operation)
      .where('record', 'in', piece)
      .execute(),
  );
  const groups = await readGroups(
    db,
    operation,
    rows.map((row) => row.groupId),
  );
  const own = [...groups.values()].map((group) => ({
    ...group,
    changes: group.changes.filter((change) => records.has(change.record)),
  }));
  return foldGroups(own).records;
}
