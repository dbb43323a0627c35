import type { HistoryOf } from '#lib/client/state/record-history.ts';
import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import type { RecordEdit } from '#lib/client/state/records-api.ts';
import type { MessageKey } from '#lib/i18n/messages.ts';
import { isRecordKind } from '#lib/domain/records/registry.ts';

interface Undo {
  readonly label: MessageKey;
  readonly edit: RecordEdit;
}

/** Whether this person may take a whole import back, or a merge. */
export const mayUndoImport = ({ identity }: OpenOperation): boolean =>
  identity.role === 'coordinator' || identity.role === 'owner';

/** What takes a deletion or a merge back, while it still stands and for those who may. */
export function undoOf(
  { change, step }: HistoryOf['entries'][number],
  operation: OpenOperation,
): Undo | undefined {
  const { kind, record: id } = change;
  if (!mayUndoImport(operation)) return undefined;
  if (!isRecordKind(kind)) return undefined;
  const stands = (field: string): boolean =>
    operation.records.state(id)?.fields[field]?.some((head) => head.change === change.id) ?? false;
  if (step === 'deleted' && stands('_deleted')) {
    return { label: 'history.undoDelete', edit: { kind, id, values: { _deleted: false } } };
  }
  if (step === 'merged' && stands('_mergedInto')) {
    return { label: 'history.undoMerge', edit: { kind, id, values: { _mergedInto: null } } };
  }
  return undefined;
}
