import type { OperationRows } from '../store/operation-rows.ts';
import type { GroupRow } from '../store/schema.ts';
import { findChanges } from './bases.ts';
import type { SoundGroup } from './incoming.ts';
import type { Fresh } from './sort-pushes.ts';
import { refuse } from './refuse.ts';

/** A sound group that is kept now, and may be stored or held once its bases are looked at. */
export interface Kept {
  readonly incoming: SoundGroup;
  readonly fresh: Fresh;
}

/**
 * Writes every envelope that came, whatever becomes of it: nothing disappears. Sound groups are
 * returned; a group that says again what another group said under the same id is refused.
 */
export async function keepEnvelopes(
  store: OperationRows,
  fresh: readonly Fresh[],
  now: number,
): Promise<Kept[]> {
  const { operation } = store;
  const sound = fresh.flatMap((one): Kept[] =>
    one.incoming.verdict === 'sound' ? [{ incoming: one.incoming, fresh: one }] : [],
  );
  const ids = sound.flatMap(({ incoming }) => incoming.group.changes.map((change) => change.id));
  const taken = new Set((await findChanges(store, ids)).keys());
  const kept: Kept[] = [];
  const rows: GroupRow[] = [];
  for (const one of fresh) {
    const { incoming } = one;
    if (incoming.verdict === 'refused') {
      refuse(one, incoming.claims, incoming.code);
      rows.push(groupRow(operation, one, now, incoming.code));
      continue;
    }
    const clashes = incoming.group.changes.some((change) => taken.has(change.id));
    for (const change of incoming.group.changes) taken.add(change.id);
    if (clashes) refuse(one, incoming.id, 'id_clash');
    else kept.push({ incoming, fresh: one });
    rows.push(groupRow(operation, one, now, clashes ? 'id_clash' : null));
  }
  await store.insert('groups', rows);
  const changes = kept.flatMap(({ incoming }) =>
    incoming.group.changes.map((change) => ({
      operation,
      id: change.id,
      groupId: incoming.id,
      record: change.record,
    })),
  );
  await store.insert('changes', changes);
  return kept;
}

function groupRow(operation: string, fresh: Fresh, now: number, code: string | null): GroupRow {
  const { incoming, carrier } = fresh;
  const isSound = incoming.verdict === 'sound';
  return {
    operation,
    id: incoming.id,
    stream: isSound ? incoming.group.stream : incoming.stream,
    device: isSound ? incoming.group.device : incoming.device,
    author: isSound ? incoming.author.member : incoming.author,
    bytes: incoming.bytes,
    signature: incoming.signature,
    receivedAt: now,
    state: code === null ? 'stored' : 'quarantined',
    code,
    carrier,
    batch: isSound ? (incoming.group.batch ?? null) : null,
  };
}
