import type { Result } from '#lib/domain/result.ts';
import type { DeviceDatabase } from './database.ts';
import type { RecordStore } from './record-store.ts';
import type { StorageError } from './storage-error.ts';

/** What is only here: the numbers that the screen and the sync need, without opening anything. */
export interface QueueState {
  /** Not acknowledged yet. */
  readonly unsent: number;
  readonly bytes: number;
  readonly attention: readonly { readonly group: string; readonly code: string }[];
  readonly groups: readonly string[];
  /** Groups of others that came and that this version of the application cannot read. */
  readonly unread: number;
  /** ISO instant; empty: never. */
  readonly lastContact: string;
  /** Milliseconds by which this device's clock was ahead of the server's then. */
  readonly clockAhead?: number | undefined;
}

export async function queueState(db: DeviceDatabase): Promise<QueueState> {
  const [rows, attention, transport, unread] = await db.transaction(
    'r',
    [db.queue, db.attention, db.transport, db.unread],
    () =>
      Promise.all([
        db.queue.where('acked').equals(0).toArray(),
        db.attention.toArray(),
        db.transport.get('transport'),
        db.unread.count(),
      ]),
  );
  return {
    unsent: rows.length,
    bytes: rows.reduce((sum, row) => sum + row.size, 0),
    attention,
    groups: rows.map((row) => row.group),
    unread,
    lastContact: transport?.lastContact ?? '',
    clockAhead: transport?.clockAhead,
  };
}

/**
 * What was acknowledged and did not come back is sent again (S2): since then the server may have
 * lost it without any cursor telling of it. It knows by id what it has.
 */
export async function doubtAcknowledged(db: DeviceDatabase): Promise<void> {
  await db.queue.where('acked').equals(1).modify({ acked: 0 });
}

/** A person has dealt with a group that was set aside: it no longer asks for attention. */
export async function dismiss(
  store: RecordStore,
  group: string,
): Promise<Result<null, StorageError>> {
  return store.inTurn(async () => {
    const { db } = store;
    await db.transaction('rw', [db.attention, db.groups, db.queue], async () => {
      await db.attention.delete(group);
      await db.groups.delete(group);
      await db.queue.where('group').equals(group).delete();
    });
    return null;
  });
}
