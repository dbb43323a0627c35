import type { Group } from '#lib/changes/change.ts';
import type { OperationRows } from '../store/operation-rows.ts';
import { bindConvoys } from './convoy-binding.ts';
import { bindFollowers, releasedAmong } from './convoy-followers.ts';
import type { Publication } from './publication.ts';

/**
 * Makes stored groups readable, in their order. What tells of a convoy goes to `movements`, and to
 * `log` as well once every convoy it tells of has been let go; everything else goes to its own
 * stream. Returns the convoys that may have to be looked at again.
 */
export async function publishGroups(
  store: OperationRows,
  groups: readonly Group[],
  publication: Publication,
): Promise<Set<string>> {
  const { operation } = store;
  const bound = await bindConvoys(store, groups);
  await bindFollowers(store, groups, bound);
  const convoys = new Set([...bound.values()].flatMap((set) => [...set]));
  const released = await releasedAmong(store, convoys);
  const rows = groups.flatMap((group) =>
    [...(bound.get(group) ?? [])].map((convoy) => ({ operation, convoy, groupId: group.id })),
  );
  await store.insert('convoyGroups', rows);
  await rememberConvoys(store, convoys);
  for (const group of groups) {
    const own = [...(bound.get(group) ?? [])];
    const published = { id: group.id, author: group.changes[0]?.author ?? '' };
    if (group.stream === 'movements' || own.length > 0) publication.publish('movements', published);
    const isFree = own.every((convoy) => released.has(convoy));
    if (group.stream === 'log' && isFree) publication.publish('log', published);
  }
  return new Set([...convoys].filter((convoy) => !released.has(convoy)));
}

async function rememberConvoys(store: OperationRows, convoys: Set<string>): Promise<void> {
  const { operation } = store;
  const rows = [...convoys].map((convoy) => ({
    operation,
    convoy,
    endedAt: null,
    dueAt: null,
    releasedAt: null,
  }));
  await store.insert('convoys', rows, 'ignore');
}
