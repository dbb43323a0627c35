import { DELETED, type Change, type Group } from '#lib/changes/change.ts';
import { foldGroups } from '#lib/changes/fold-changes.ts';
import { applyChange, conflictsOf, type RecordState } from '#lib/changes/fold.ts';
import { importRecord } from '#lib/changes/import-record.ts';
import type { BatchedChange } from '#lib/changes/undo-batch.ts';
import { randomId } from '#lib/crypto/random.ts';
import type { ImportedRecord } from '#lib/exchange/imported-record.ts';
import { readAllGroups } from './dataset.ts';
import { groupBatch } from '#lib/protocol/batch-groups.ts';
import { commitBatch, importerContext, importerIds, type ImporterOptions } from './importer.ts';
import type { ServerKeys } from './keys.ts';
import { audit } from './people/audit.ts';
import type { Store } from './store/store.ts';

export interface ImportOptions extends ImporterOptions {
  /** Says what would change, and changes nothing. */
  readonly dryRun?: boolean;
  /** The batch to write under: the same files again go on under the name that they began with. */
  readonly batch?: string;
}

export interface ImportResult {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Of the changed, those whose file says something else than a person wrote: both stand. */
  readonly conflicts: number;
  /** Names the whole import, so that it can be undone; null when nothing was to do. */
  readonly batch: string | null;
}

/**
 * Brings records into the store, signed by the server's own key. Only what differs from what stands
 * becomes a change, so importing the same again changes nothing, also where people changed it
 * since (ADR 0156), and going on after a break finishes it.
 */
export async function importRecords(
  store: Store,
  keys: ServerKeys,
  records: readonly ImportedRecord[],
  options: ImportOptions,
): Promise<ImportResult> {
  const { operation } = options;
  const groups = await readAllGroups(store.db, operation);
  const states = foldGroups(groups).records;
  const known = changesOf(groups, new Set(records.map(({ id }) => id)));
  const context = importerContext(options);
  const changes = new Map<ImportedRecord, Change>();
  let created = 0;
  let conflicts = 0;
  for (const record of records) {
    const { id } = record;
    const state = states.get(id);
    const isBare = !state && Object.keys(record.values).length === 0;
    const given = isBare ? { ...record, values: CREATED_ONLY } : record;
    const change = importRecord(states, known.get(id) ?? [], given, context);
    if (!change) continue;
    changes.set(record, change);
    if (!state || DELETED in change.fields) created += 1;
    if (state && makesConflict(state, change)) conflicts += 1;
  }
  const counts = {
    created,
    changed: changes.size - created,
    unchanged: records.length - changes.size,
    conflicts,
  };
  if (changes.size === 0 || options.dryRun) return { ...counts, batch: null };
  const batch = options.batch ?? randomId();
  await commitBatch(store, keys, batch, groupBatch(records, changes), options);
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

function makesConflict(state: RecordState, change: Change): boolean {
  const after = applyChange(state, change);
  const before = new Set(conflictsOf(state));
  return after.ok && conflictsOf(after.value).some((field) => !before.has(field));
}

/** Every stored change of some records, with the batch that it came with. */
function changesOf(
  groups: readonly Group[],
  records: ReadonlySet<string>,
): ReadonlyMap<string, readonly BatchedChange[]> {
  const all = groups.flatMap(({ batch, changes }) =>
    changes.flatMap((change) => (records.has(change.record) ? [{ change, batch }] : [])),
  );
  return Map.groupBy(all, ({ change }) => change.record);
}
