import type { Queries } from '../store/store.ts';
import type { Add } from './verify.ts';

/** The numbers of each replica have no holes up to its last, and each names a group that is here. */
export async function verifySlots(db: Queries, operation: string, add: Add): Promise<void> {
  const devices = await db
    .selectFrom('devices')
    .select('id')
    .where('operation', '=', operation)
    .execute();
  const own = new Set(devices.map((row) => row.id));
  const isOwn = ({ key }: { readonly key: string }): boolean => own.has(key.split('/')[0] ?? '');
  const groups = await db
    .selectFrom('groups')
    .select('id')
    .where('operation', '=', operation)
    .execute();
  const known = new Set(groups.map((row) => row.id));
  const slots = (await db.selectFrom('slots').selectAll().execute()).filter(isOwn);
  const numbers = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const { key, groupId } of slots) {
    if (!known.has(groupId)) add('slot_of_nothing', key);
    const replica = key.slice(0, key.lastIndexOf('/'));
    const n = Number(key.slice(replica.length + 1));
    numbers.set(replica, Math.max(numbers.get(replica) ?? 0, n));
    counts.set(replica, (counts.get(replica) ?? 0) + 1);
  }
  const replicas = (await db.selectFrom('replicas').selectAll().execute()).filter(isOwn);
  for (const { key, last } of replicas) {
    if (numbers.get(key) !== last || counts.get(key) !== last) add('slot_hole', key);
  }
}
