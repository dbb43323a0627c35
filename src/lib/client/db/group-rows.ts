import type { Group } from '#lib/changes/change.ts';
import type { Cipher } from './cipher.ts';
import type { DeviceDatabase, GroupRow } from './database.ts';

/** A group as it is signed: `signed` is the signature and then the bytes. */
export interface SignedGroupOf {
  readonly group: Group;
  readonly signed: Uint8Array;
}

/** A group made here. Without an envelope it never leaves this device (the example). */
export interface OwnGroup extends SignedGroupOf {
  readonly envelope?: Uint8Array | undefined;
}

export interface SealedGroup {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly envelope?: Uint8Array | undefined;
}

export function sealGroups(groups: readonly OwnGroup[], cipher: Cipher): Promise<SealedGroup[]> {
  return Promise.all(
    groups.map(async ({ group, signed, envelope }) => ({
      id: group.id,
      bytes: await cipher.seal(group.id, signed),
      envelope,
    })),
  );
}

/** More groups than come in one transaction. */
const GROUPS_OF_REVISION = 10_000;

/** The place in order of the group that comes as number `index` with this revision. */
export function arrival(rev: number, index: number): number {
  return rev * GROUPS_OF_REVISION + index;
}

/** Own groups and their numbers in the queue; to be called inside the saving transaction (S1). */
export async function putOwnGroups(
  db: DeviceDatabase,
  groups: readonly SealedGroup[],
  rev: number,
): Promise<void> {
  await db.groups.bulkAdd(
    groups.map(({ id, bytes }, index): GroupRow => {
      return { id, held: 0, confirmed: 0, at: arrival(rev, index), bytes };
    }),
  );
  await enqueue(
    db,
    groups.flatMap(({ id, envelope }) => (envelope ? [{ group: id, envelope }] : [])),
  );
}

/** Gives envelopes the next numbers; to be called inside a transaction over transport and queue. */
export async function enqueue(
  db: DeviceDatabase,
  envelopes: readonly { readonly group: string; readonly envelope: Uint8Array }[],
): Promise<void> {
  if (envelopes.length === 0) return;
  const transport = await db.transport.get('transport');
  if (!transport) throw new Error('a device that sends is enrolled');
  const { replica } = transport;
  let { n } = transport;
  await db.queue.bulkAdd(
    envelopes.map(({ group, envelope }) => {
      n += 1;
      return { replica, n, group, envelope, size: envelope.length, acked: 0 as const };
    }),
  );
  await db.transport.put({ ...transport, n });
}
