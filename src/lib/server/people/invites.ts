import { randomId } from '#lib/crypto/random.ts';
import { hashToken } from '#lib/crypto/tokens.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { mayInvite, type Role } from '#lib/protocol/roles.ts';
import { DAY } from '../clock.ts';
import type { ServerKeys } from '../keys.ts';
import type { InviteRow } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import { audit } from './audit.ts';

export type NewInvite =
  | {
      readonly role: Role;
      readonly name: string;
      readonly organisation?: string | undefined;
      readonly days: number;
    }
  /** For a further device of the person who invites, who needs no right for it. */
  | { readonly further: true; readonly days: number };

/** Who invites; the command line, run by the server's operator, invites as an owner would. */
export interface Inviter {
  readonly operation: string;
  readonly role: Role;
  readonly member: string | null;
  readonly device: string | null;
}

/** A single-use invite. Nobody invites above his own role. The token is shown once, to be passed on. */
export async function createInvite(
  store: Store,
  keys: ServerKeys,
  inviter: Inviter,
  invite: NewInvite,
  now: number,
): Promise<Result<{ token: string; expiresAt: number }, { type: 'forbidden' }>> {
  const isFurther = 'further' in invite;
  const member = isFurther ? inviter.member : null;
  const role = isFurther ? inviter.role : invite.role;
  if (isFurther ? member === null : !mayInvite(inviter.role, role)) {
    return err({ type: 'forbidden' });
  }
  const expiresAt = now + invite.days * DAY;
  return store.write(async (tx) => {
    if (!(await isStillIn(tx, inviter))) return err({ type: 'forbidden' });
    const { id, token } = await addInvite(tx, keys, {
      operation: inviter.operation,
      role,
      name: isFurther ? '' : invite.name,
      organisation: isFurther ? null : (invite.organisation ?? null),
      member,
      createdBy: inviter.member,
      createdAt: now,
      expiresAt,
    });
    await audit(tx, {
      operation: inviter.operation,
      at: now,
      action: 'invite_created',
      member: inviter.member,
      device: inviter.device,
      detail: { invite: id, role, days: invite.days, ...(isFurther ? { further: 1 } : {}) },
    });
    return ok({ token, expiresAt });
  });
}

/**
 * Whether the device that asks was not revoked since it showed its token. Its row is taken until the
 * invite stands: a revocation beside this one ends the invite, or there is none.
 */
async function isStillIn(tx: Tx, { device }: Inviter): Promise<boolean> {
  if (device === null) return true;
  const row = await tx
    .updateTable('devices')
    .set((own) => ({ revokedAt: own.ref('revokedAt') }))
    .where('id', '=', device)
    .where('revokedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

type InviteValues = Omit<InviteRow, 'id' | 'tokenHash' | 'usedAt' | 'usedBy'>;

export async function addInvite(
  tx: Tx,
  keys: ServerKeys,
  values: InviteValues,
): Promise<{ id: string; token: string }> {
  const id = randomId();
  const token = keys.inviteToken(id);
  const tokenHash = await hashToken(token);
  await tx
    .insertInto('invites')
    .values({ id, tokenHash, ...values, usedAt: null, usedBy: null })
    .execute();
  return { id, token };
}
