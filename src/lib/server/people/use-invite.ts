import { randomId } from '#lib/crypto/random.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Role } from '#lib/protocol/roles.ts';
import { DAY } from '../clock.ts';
import type { InviteRow } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

export type InviteError =
  | { readonly type: 'invite_unknown' }
  | { readonly type: 'invite_used' }
  | { readonly type: 'invite_expired' };

/** Marks the invite as used by this device; in one statement, so that it works once. */
export async function takeInvite(
  tx: Tx,
  tokenHash: string,
  device: string,
  now: number,
): Promise<Result<InviteRow, InviteError>> {
  const taken = await tx
    .updateTable('invites')
    .set({ usedAt: now, usedBy: device })
    .where('tokenHash', '=', tokenHash)
    .where('usedAt', 'is', null)
    .where((row) => row.or([row('expiresAt', 'is', null), row('expiresAt', '>', now)]))
    .returningAll()
    .executeTakeFirst();
  if (taken) return ok(taken);
  const known = await tx
    .selectFrom('invites')
    .select('usedAt')
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst();
  if (!known) return err({ type: 'invite_unknown' });
  return err({ type: known.usedAt === null ? 'invite_expired' : 'invite_used' });
}

/** The device with these keys that used this invite, while it lasts, and for a day at most. */
export async function enrolledBefore(
  tx: Tx,
  tokenHash: string,
  signKey: Uint8Array,
  sealKey: Uint8Array,
  now: number,
): Promise<
  { operation: string; device: string; member: string; role: Role; name: string } | undefined
> {
  const row = await tx
    .selectFrom('invites')
    .innerJoin('devices', 'devices.id', 'invites.usedBy')
    .innerJoin('members', 'members.id', 'devices.member')
    .select(['invites.usedAt', 'invites.expiresAt', 'devices.id', 'devices.operation'])
    .select(['devices.signKey', 'devices.sealKey', 'devices.revokedAt', 'devices.member'])
    .select(['members.role', 'members.name'])
    .where('invites.tokenHash', '=', tokenHash)
    .executeTakeFirst();
  if (!row || row.usedAt === null || row.revokedAt !== null) return undefined;
  const until = Math.min(row.expiresAt ?? Infinity, row.usedAt + DAY);
  const isSame = isEqual(row.signKey, signKey) && isEqual(row.sealKey, sealKey);
  if (!isSame || now >= until) return undefined;
  const { operation, id, member, role, name } = row;
  return { operation, device: id, member, role: role as Role, name };
}

const isEqual = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Whom the invite lets in: a new person, or one who is in and now has a further device. */
export async function memberOf(
  tx: Tx,
  invite: InviteRow,
  givenName: string,
  now: number,
): Promise<{ member: string; role: Role; name: string }> {
  if (invite.member !== null) {
    const row = await tx
      .selectFrom('members')
      .select(['name', 'role'])
      .where('id', '=', invite.member)
      .executeTakeFirstOrThrow();
    return { member: invite.member, role: row.role as Role, name: row.name };
  }
  const member = randomId();
  const { operation, organisation, role } = invite;
  const name = invite.name || givenName;
  await tx
    .insertInto('members')
    .values({ id: member, operation, name, organisation, role, createdAt: now })
    .execute();
  return { member, role: role as Role, name };
}
