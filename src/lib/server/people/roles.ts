import { err, ok, type Result } from '#lib/domain/result.ts';
import { mayAct, mayInvite, ROLES, type Role } from '#lib/protocol/roles.ts';
import type { Store } from '../store/store.ts';
import { audit } from './audit.ts';
import type { Inviter } from './invites.ts';

/**
 * Gives a person another role, from the next request on. What was stored before stays; streams that
 * the role does not read leave that person's devices when they ask next. Open invites of his that he
 * could not make any more end, or he would come back by one of them. An operation keeps an owner.
 */
export async function changeRole(
  store: Store,
  by: Inviter,
  member: string,
  role: Role,
  now: number,
): Promise<Result<null, { type: 'forbidden' | 'not_found' | 'last_owner' }>> {
  if (!mayAct(by.role, 'manage_devices')) return err({ type: 'forbidden' });
  const { operation } = by;
  return store.write(async (tx) => {
    const owners = await tx
      .updateTable('members')
      .set((row) => ({ role: row.ref('role') }))
      .where('operation', '=', operation)
      .where('role', '=', 'owner')
      .returning('id')
      .execute();
    const before = await tx
      .selectFrom('members')
      .select('role')
      .where('operation', '=', operation)
      .where('id', '=', member)
      .executeTakeFirst();
    if (!before) return err({ type: 'not_found' });
    if (before.role === role) return ok(null);
    if (before.role === 'owner' && owners.length < 2) return err({ type: 'last_owner' });
    await tx
      .updateTable('members')
      .set({ role })
      .where('operation', '=', operation)
      .where('id', '=', member)
      .execute();
    await tx
      .updateTable('invites')
      .set({ expiresAt: now })
      .where('operation', '=', operation)
      .where('createdBy', '=', member)
      .where('member', 'is', null) // a further device of his has the role that he has
      .where('usedAt', 'is', null)
      .where('role', 'not in', ['', ...ROLES.filter((invited) => mayInvite(role, invited))])
      .execute();
    const detail = { of: member, from: before.role, to: role };
    const who = { member: by.member, device: by.device };
    await audit(tx, { operation, at: now, action: 'role_changed', ...who, detail });
    return ok(null);
  });
}
