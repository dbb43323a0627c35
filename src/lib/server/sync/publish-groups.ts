import type { Group } from '#lib/changes/change.ts';
import { insertAll } from '../store/rows.ts';
import type { Tx } from '../store/store.ts';
import { bindConvoys } from './convoy-binding.ts';
import { bindFollowers, releasedAmong } from './convoy-followers.ts';
import type { Publication } from './publication.ts';

/**
 * Makes stored groups readable, in their order. What tells of a convoy goes to `movements`, and to
 * `log` as well once every convoy it tells of has been let go; everything else goes to its own
 * stream. Returns the convoys that may have to be looked at again.
 */
export async function publishGroups(
  tx: Tx,
  operation: string,
  groups: readonly Group[],
  publication: Publication,
): Promise<Set<string>> {
  const bound = await bindConvoys(tx, operation, groups);
  await bindFollowers(tx, operation, groups, bound);
  const convoys = new Set([...bound.values()].flatMap((set) => [...set]));
  const released = await releasedAmong(tx, operation, convoys);
  const rows = groups.flatMap((group) =>
    [...(bound.get(group) ?? [])].map((convoy) => ({ operation, convoy, groupId: group.id })),
  );
  await insertAll(rows, (piece) => tx.insertInto('convoyGroups').values(piece).execute());
  await rememberConvoys(tx, operation, convoys);
  for (const group of groups) {
    const own = [...(bound.get(group) ?? [])];
    const published = { id: group.id, author: group.changes[0]?.author ?? '' };
    if (group.stream === 'movements' || own.length > 0) publication.publish('movements', published);
    const isFree = own.every((convoy) => released.has(convoy));
    if (group.stream === 'log' && isFree) publication.publish('log', published);
  }
  return new Set([...convoys].filter((convoy) => !released.has(convoy)));
}

async function rememberConvoys(tx: Tx, operation: string, convoys: Set<string>): Promise<void> {
  const rows = [...convoys].map((convoy) => ({
    operation,
    convoy,
    endedAt: null,
    dueAt: null,
    releasedAt: null,
  }));
  await insertAll(rows, (piece) =>
    tx
      .insertInto('convoys')
      .values(piece)
      .onConflict((c) => c.doNothing())
      .execute(),
  );
}
