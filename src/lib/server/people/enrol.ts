import { fromBase64Url, toBase64Url } from '#lib/crypto/encoding.ts';
import { randomId } from '#lib/crypto/random.ts';
import { verify } from '#lib/crypto/signatures.ts';
import { hashToken } from '#lib/crypto/tokens.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { enrolProofBytes } from '#lib/protocol/certificate.ts';
import { mayRead } from '#lib/protocol/rights.ts';
import type { Role } from '#lib/protocol/roles.ts';
import type { EnrolRequest, EnrolResponse } from '#lib/protocol/wire.ts';
import type { ServerKeys } from '../keys.ts';
import type { Store, Tx } from '../store/store.ts';
import { audit } from './audit.ts';
import { certify } from './certificate.ts';
import { addDevice } from './devices.ts';
import { pointFrom } from './signers.ts';
import { issueTokens } from './tokens.ts';
import { enrolledBefore, memberOf, takeInvite, type InviteError } from './use-invite.ts';

export type EnrolError = { readonly type: 'bad_request' } | InviteError;

/**
 * Uses an invite, once: of two devices that open it together one gets in. The device's keys are
 * stored, a member is made unless the invite is for a further device of one, and the device gets
 * its tokens and the server's certificate over its keys. A device that proves to be the one that
 * used it is let in again, as the same: the first answer may not have been kept.
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
  const isProven = await provesKey(request, signKey);
  return store.write(async (tx) => {
    const device = randomId();
    const taken = await takeInvite(tx, tokenHash, device, now);
    if (taken.ok) {
      const invite = taken.value;
      const person = await memberOf(tx, invite, request.name?.trim() ?? '', now);
      const { operation } = invite;
      const { member, role } = person;
      await addDevice(tx, { id: device, operation, member, signKey, sealKey }, now);
      const entry = { operation, at: now, member, device, detail: { role } } as const;
      await audit(tx, { ...entry, action: 'device_enrolled' });
      return ok(await letIn(tx, keys, { operation, device, signKey, sealKey, ...person }, now));
    }
    const again =
      isProven && taken.error.type === 'invite_used'
        ? await enrolledBefore(tx, tokenHash, signKey, sealKey, now)
        : undefined;
    return again ? ok(await letIn(tx, keys, { ...again, signKey, sealKey }, now)) : taken;
  });
}

interface LetIn {
  readonly operation: string;
  readonly device: string;
  readonly member: string;
  readonly role: Role;
  readonly name: string;
  readonly signKey: Uint8Array;
  readonly sealKey: Uint8Array;
}

async function letIn(tx: Tx, keys: ServerKeys, who: LetIn, now: number): Promise<EnrolResponse> {
  const { operation, device, member, role, name } = who;
  const row = await tx
    .selectFrom('operations')
    .select(['name', 'epoch'])
    .where('id', '=', operation)
    .executeTakeFirstOrThrow();
  return {
    device,
    member,
    role,
    name,
    operation,
    operationName: row.name,
    epoch: row.epoch,
    streams: streamsOf(role),
    serverKeys: publicKeys(keys),
    tokens: await issueTokens(tx, device, now),
    certificate: await certify(keys, who),
    serverTime: new Date(now).toISOString(),
  };
}

/** Whoever knows the invite and the public keys alone must not get in as the device. */
async function provesKey(request: EnrolRequest, signKey: Uint8Array): Promise<boolean> {
  const proof = request.proof === undefined ? undefined : fromBase64Url(request.proof);
  if (!proof) return false;
  const bytes = enrolProofBytes(request.token, request.signKey, request.sealKey);
  return verify(signKey, proof, bytes);
}

export function publicKeys(keys: ServerKeys): { id: string; public: string }[] {
  return keys.sealing.map(({ id, publicKey }) => ({ id, public: toBase64Url(publicKey) }));
}

export function streamsOf(role: Role): ('log' | 'movements')[] {
  return (['log', 'movements'] as const).filter((stream) => mayRead(role, stream) !== 'none');
}
