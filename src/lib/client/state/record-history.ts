import { historyOf, type HistoryEntry } from '#lib/changes/history.ts';
import type { OpenOperation } from './open-operation.svelte.ts';

export interface HistoryOf {
  /** The oldest first. */
  readonly entries: readonly HistoryEntry[];
  /** Every change that the records were folded from is among them. */
  readonly isWhole: boolean;
  /** Groups that the server set aside: what they say does not count. */
  readonly aside: ReadonlySet<string>;
}

/** Who changed what in these records, when and on which device, as far as it is known here. */
export async function recordHistory(
  operation: OpenOperation,
  records: readonly string[],
): Promise<HistoryOf> {
  const stored = (await Promise.all(records.map((id) => operation.history(id)))).flat();
  const entries = historyOf(stored);
  const found = new Set(entries.map(({ change }) => change.id));
  const isWhole = records.every((id) =>
    [...(operation.records.state(id)?.seen ?? [])].every((change) => found.has(change)),
  );
  const aside = new Set(stored.flatMap(({ code, group }) => (code === undefined ? [] : [group])));
  return { entries, isWhole, aside };
}
