import { undoingOf } from '#lib/changes/batch.ts';
import { foldGroups } from '#lib/changes/fold-changes.ts';
import { type RecordState, valuesOf } from '#lib/changes/fold.ts';
import { type KeptRecord, undoBatch } from '#lib/changes/undo-batch.ts';
import { isRecordKind } from '#lib/domain/records/registry.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { may } from '#lib/protocol/rights.ts';
import { readAllGroups } from './dataset.ts';
import { type BatchRecord, groupBatch } from '#lib/protocol/batch-groups.ts';
import { commitBatch, IMPORTER, importerContext, importerIds } from './importer.ts';
import type { ImportOptions } from './import.ts';
import type { ServerKeys } from './keys.ts';
import { audit } from './people/audit.ts';
import type { Store } from './store/store.ts';

export interface UndoResult {
  /** Records that the import had created, or brought back, and that are gone now. */
  readonly deleted: number;
  /** Records that have the values of before again. */
  readonly restored: number;
  /** What stays, because somebody changed it since or needs it. */
  readonly kept: readonly (KeptRecord & { readonly name: string })[];
  /** Names the undoing, which can be undone like an import; null when nothing was to do. */
  readonly batch: string | null;
}

export interface UnknownBatch {
  readonly type: 'unknown_batch';
}

/**
 * Takes an import back, whoever brought it: its values go back to those of before, its records go,
 * and what people wrote since stays (ADR 0155). Run again after a break, it finishes.
 */
export async function undoImport(
  store: Store,
  keys: ServerKeys,
  batch: string,
  options: ImportOptions,
): Promise<Result<UndoResult, UnknownBatch>> {
  const { operation } = options;
  const groups = await readAllGroups(store.db, operation);
  const own = groups.filter((group) => group.batch === batch);
  if (own.length === 0) return err({ type: 'unknown_batch' });
  const touched = new Set(own.flatMap(({ changes }) => changes.map(({ record }) => record)));
  const known = groups.flatMap(({ batch: of, changes }) =>
    changes
      .filter(({ record, kind }) => touched.has(record) && mayEdit(kind))
      .map((change) => ({ change, batch: of })),
  );
  const { records } = foldGroups(groups);
  const undo = undoBatch(known, batch, records, importerContext(options));
  const deleted = undo.undone.filter((one) => one.isDeleted).length;
  const restored = undo.undone.length - deleted;
  const kept = undo.kept.map((one) => ({ ...one, name: nameOf(records.get(one.record)) }));
  const nothing = { deleted, restored, kept, batch: null };
  if (undo.undone.length === 0 || options.dryRun) return ok(nothing);
  const undoing = undoingOf(batch);
  const all = [...records.values()].flatMap(recordOf);
  const byId = new Map(all.map((record) => [record.id, record]));
  const pairs = undo.undone.flatMap(({ record, changes }) => {
    const of = byId.get(record);
    return of ? changes.map((change) => [of, change] as const) : [];
  });
  await commitBatch(store, keys, undoing, groupBatch(all, pairs), options);
  const entry = { operation, at: options.now, action: 'import_undone' } as const;
  const detail = { batch, as: options.as, deleted, restored, kept: kept.length };
  await audit(store.db, { ...entry, ...importerIds(options), detail });
  return ok({ ...nothing, batch: undoing });
}

/** What no import at the command line could have written stays with whoever wrote it. */
const mayEdit = (kind: string): boolean => isRecordKind(kind) && may(IMPORTER.role, kind, 'edit');

function recordOf(state: RecordState): BatchRecord[] {
  const { id, kind } = state;
  return isRecordKind(kind) ? [{ id, kind, values: valuesOf(state) }] : [];
}

/** What the operator knows a record by: a name, a title, a key of the file, else its id. */
function nameOf(state: RecordState | undefined): string {
  if (!state) return '';
  const values = valuesOf(state);
  const named = ['name', 'eventKey', 'title', 'publisher', 'text', 'acronym', 'item'];
  const found = named.map((field) => values[field]).find((value) => typeof value === 'string');
  return typeof found === 'string' ? found : state.id;
}
