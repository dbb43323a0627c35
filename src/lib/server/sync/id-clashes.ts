import type { Group } from '#lib/changes/change.ts';
import { idPrefix } from '#lib/changes/fold.ts';
import type { OperationRows } from '../store/operation-rows.ts';

/**
 * Groups with a change whose id begins like that of another change of its record. A snapshot names
 * superseded changes by these beginnings: one could vanish behind another (docs/adr/0055).
 */
export async function prefixClashes(
  rows: OperationRows,
  groups: readonly Group[],
  isKnown: (record: string) => boolean,
): Promise<Set<Group>> {
  const changes = groups.flatMap((group) => group.changes.map((change) => ({ group, change })));
  const records = changes.map(({ change }) => change.record).filter(isKnown);
  const stored = await rows.find('changes', ['id', 'record'], 'record', records);
  const ids = new Map<string, Set<string>>();
  const note = (record: string, id: string): Set<string> => {
    const key = `${record} ${idPrefix(id)}`;
    const alike = ids.get(key) ?? new Set();
    ids.set(key, alike);
    return alike.add(id);
  };
  for (const { id, record } of stored) note(record, id);
  for (const { change } of changes) note(change.record, change.id);
  return new Set(
    changes
      .filter(({ change }) => note(change.record, change.id).size > 1)
      .map(({ group }) => group),
  );
}
