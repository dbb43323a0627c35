import { MINUTE } from '../clock.ts';
import type { Queries } from '../store/store.ts';

/** How exact "last contact" is: a write for every request would cost more than it tells. */
const PRECISION = 5 * MINUTE;
const MAX_REMEMBERED = 20_000;
const noted = new Map<string, number>();

/** Notes that a device was in contact, at most every five minutes. */
export async function noteContact(db: Queries, device: string, now: number): Promise<void> {
  const last = noted.get(device);
  if (last !== undefined && Math.abs(now - last) < PRECISION) return;
  if (noted.size >= MAX_REMEMBERED) noted.clear();
  noted.set(device, now);
  await db.updateTable('devices').set({ lastContact: now }).where('id', '=', device).execute();
}
