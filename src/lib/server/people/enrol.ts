import { fromBase64Url, toBase64Url } from '#lib/crypto/encoding.ts';
import { randomId } from '#lib/crypto/random.ts';
import { hashToken } from '#lib/crypto/tokens.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { mayRead, type Role } from '#lib/protocol/roles.ts';
import type { EnrolRequest, EnrolResponse } from '#lib/protocol/wire.ts';
import type { ServerKeys } from '../keys.ts';
import type { InviteRow } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import { audit } from './audit.ts';
import { certify } from './certificate.ts';
import { publicKeyFromPoint } from './signers.ts';
import { issueTokens } from './tokens.ts';

export type EnrolError =
  | { readonly type: 'bad_request' }
  | { readonly type: 'invite_unknown' }
  | { readonly type: 'invite_used' }
  | { readonly type: 'invite_expired' };

/**
 * Uses an invite, once: of two devices that open it together one gets in. The device's keys are
 * stored, a member is made unless the invite is for a further device of one, and the device gets
 * its tokens and the server's certificate over its keys.
 */
export async function enrol(
  store: Store,
  keys: ServerKeys,
  request: EnrolRequest,
  now: number,
): Promise<Result<EnrolResponse, EnrolError>> {
  const signKey = pointFrom(request.signKey);
  const sealKey = pointFrom(request.sealKey);
  if (!signKey || !sealKey) return err({ type: 'bad_request' });
  const tokenHash = await hashToken(request.token);
  const device = randomId();
  return store.write(async (tx) => {
    const taken = await takeInvite(tx, tokenHash, device, now);
    if (!taken.ok) return taken;
    const invite = taken.value;
    const role = invite.role as Role;
    const name = invite.name || request.name?.trim() || '';
    const member = invite.member ?? (await addMember(tx, invite, name, now));
    await tx
      .insertInto('devices')
      .values({
        id: device,
        operation: invite.operation,
        member,
        signKey,
        sealKey,
        createdAt: now,
        lastContact: now,
        revokedAt: null,
        revokedAs: null,
        renewedFor: null,
      })
      .execute();
    const tokens = await issueTokens(tx, device, now);
    const { operation } = invite;
    await audit(tx, {
      operation,
      at: now,
      action: 'device_enrolled',
      member,
      device,
      detail: { role },
    });
    const row = await tx
      .selectFrom('operations')
      .select(['name', 'epoch'])
      .where('id', '=', operation)
      .executeTakeFirstOrThrow();
    return ok({
      device,
      member,
      role,
      name,
      operation,
      operationName: row.name,
      epoch: row.epoch,
      streams: streamsOf(role),
      serverKeys: publicKeys(keys),
      tokens,
      certificate: await certify(keys, { operation, device, signKey, sealKey }),
      serverTime: new Date(now).toISOString(),
    });
  });
}

export function publicKeys(keys: ServerKeys): { id: string; public: string }[] {
  return keys.sealing.map(({ id, publicKey }) => ({ id, public: toBase64Url(publicKey) }));
}

export function streamsOf(role: Role): ('log' | 'movements')[] {
  return (['log', 'movements'] as const).filter((stream) => mayRead(role, stream) !== 'none');
}

/** An uncompressed point that lies on the curve, or null. */
function pointFrom(text: string): Uint8Array | null {
  const point = fromBase64Url(text);
  if (point?.length !== 65 || point[0] !== 4) return null;
  try {
    publicKeyFromPoint(point);
    return point;
  } catch {
    return null;
  }
}

async function takeInvite(
  tx: Tx,
  tokenHash: string,
  device: string,
  now: number,
): Promise<Result<InviteRow, EnrolError>> {
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

async function addMember(tx: Tx, invite: InviteRow, name: string, now: number): Promise<string> {
  const id = randomId();
  const { operation, organisation, role } = invite;
  await tx
    .insertInto('members')
    .values({ id, operation, name, organisation, role, createdAt: now })
    .execute();
  return id;
}
