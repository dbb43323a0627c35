import { err, ok, type Result } from '#lib/domain/result.ts';
import { mayAct } from '#lib/protocol/roles.ts';
import type { Store, Tx } from '../store/store.ts';
import { MINUTE } from '../clock.ts';
import { audit } from './audit.ts';
import type { Inviter } from './invites.ts';
import type { Caller } from './tokens.ts';

/**
 * Two devices that send as one: a phone was cloned, or put back from a backup, and uses numbers again
 * (sync.md, fork). Nothing is lost by it, but only a person knows whether it was one of ours who did
 * it: owners are told until one of them has said that it is dealt with.
 */

/** A locked phone cannot renumber, and comes with the same number until somebody unlocks it. */
const ONE_STORY = 60 * MINUTE;

/** Notes that a device used numbers again: for the owners' list, and once an hour for the audit. */
export async function noteFork(
  store: Store,
  caller: Caller,
  n: number,
  now: number,
): Promise<void> {
  const { operation, member, device } = caller;
  await store.write(async (tx) => {
    const before = await forkedAt(tx, operation, device);
    if (typeof before === 'number' && now - before < ONE_STORY) return;
    await tx
      .updateTable('devices')
      .set({ forkedAt: now })
      .where('operation', '=', operation)
      .where('id', '=', device)
      .execute();
    await audit(tx, { operation, at: now, action: 'device_forked', member, device, detail: { n } });
  });
}

/**
 * An owner has dealt with the copy that was told of at `told`; one that happened since then stays.
 * Written down once: who comes second finds it done.
 */
export async function settleCopy(
  store: Store,
  by: Inviter,
  device: string,
  told: number,
  now: number,
): Promise<Result<null, { type: 'forbidden' | 'not_found' }>> {
  if (!mayAct(by.role, 'manage_devices')) return err({ type: 'forbidden' });
  const { operation } = by;
  return store.write(async (tx) => {
    const settled = await tx
      .updateTable('devices')
      .set({ forkedAt: null })
      .where('operation', '=', operation)
      .where('id', '=', device)
      .where('forkedAt', '<=', told)
      .returning('member')
      .executeTakeFirst();
    if (!settled) {
      const isKnown = (await forkedAt(tx, operation, device)) !== undefined;
      return isKnown ? ok(null) : err({ type: 'not_found' });
    }
    const detail = { device, of: settled.member };
    const who = { member: by.member, device: by.device, detail };
    await audit(tx, { operation, at: now, action: 'copy_settled', ...who });
    return ok(null);
  });
}

/** Null: nobody has to be told; undefined: there is no such device. */
async function forkedAt(
  tx: Tx,
  operation: string,
  device: string,
): Promise<number | null | undefined> {
  const row = await tx
    .selectFrom('devices')
    .select('forkedAt')
    .where('operation', '=', operation)
    .where('id', '=', device)
    .executeTakeFirst();
  return row?.forkedAt;
}
