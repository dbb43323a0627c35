import { isUndoing } from '#lib/changes/batch.ts';
import type { Group } from '#lib/changes/change.ts';
import { historyOf, type HistoryEntry, type KnownChange } from '#lib/changes/history.ts';
import type { OpenOperation } from './open-operation.svelte.ts';
import { ServerRecords } from './server-records.ts';

export interface HistoryOf {
  /** The oldest first. */
  readonly entries: readonly HistoryEntry[];
  /** Every change that the records were folded from is among them. */
  readonly isWhole: boolean;
  /** Groups that the server set aside: what they say does not count. */
  readonly aside: ReadonlySet<string>;
}

/**
 * Who changed what in these records and in those merged into them, when and on which device. What a snapshot brought has no
 * changes here: they are asked of the server, and where it cannot be reached the history says so.
 */
export async function recordHistory(
  operation: OpenOperation,
  of: readonly string[],
): Promise<HistoryOf> {
  const merged = of.flatMap((id) => operation.records.mergedInto(id));
  const records = [...new Set([...of, ...merged])];
  const stored = (await Promise.all(records.map((id) => operation.history(id)))).flat();
  const aside = new Set(stored.flatMap(({ code, group }) => (code === undefined ? [] : [group])));
  const here = historyOf(stored);
  if (!operation.isExample) {
    operation.directory.lookUp(here.map(({ change }) => change.author));
  }
  const lacking = records.filter((id) => !isWholeOf(operation, id, here));
  if (lacking.length === 0 || operation.isExample) {
    return { entries: here, isWhole: lacking.length === 0, aside };
  }
  const wanted = new Set(records);
  const server = new ServerRecords(operation.asking);
  const answered = await Promise.all(lacking.map((id) => server.groupsOf(id)));
  const fetched = answered.flatMap((groups) => groups ?? []).flatMap(changesIn);
  const entries = historyOf([
    ...stored,
    ...fetched.filter(({ change }) => wanted.has(change.record)),
  ]);
  return { entries, isWhole: lacking.every((id) => isWholeOf(operation, id, entries)), aside };
}

function isWholeOf(
  { records }: OpenOperation,
  id: string,
  entries: readonly HistoryEntry[],
): boolean {
  const found = new Set(entries.map(({ change }) => change.id));
  return (records.state(id)?.seen ?? []).every((change) => found.has(change));
}

/** Whether an entry stands for the undoing of an import, or for bringing one again. */
export const isOfUndoing = ({ batch }: HistoryEntry): boolean =>
  batch !== undefined && isUndoing(batch);

/** The changes of a group, each with where it comes from. */
export function changesIn({ id, device, batch, changes }: Group): KnownChange[] {
  return changes.map((change) => ({ change, group: id, device, batch }));
}
