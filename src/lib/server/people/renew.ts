import { fromBase64Url, toUtf8 } from '#lib/crypto/encoding.ts';
import { verify } from '#lib/crypto/signatures.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Role } from '#lib/protocol/roles.ts';
import { MINUTE } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { audit } from './audit.ts';
import { issueTokens, type NotAuthorised } from './tokens.ts';

/** How far the signed time may lie from the server's: the device signs the server's own time. */
const WINDOW = 10 * MINUTE;

export interface Renewal {
  readonly device: string;
  /** The server's time, as the device heard it from the health endpoint. */
  readonly time: string;
  /** By the device's key over `device|time`. */
  readonly signature: string;
}

export interface Renewed {
  readonly tokens: { readonly full: string; readonly push: string };
  readonly operation: string;
  readonly role: Role;
  readonly epoch: string;
}

/** New tokens for a device that can still sign: they never die of age. Each signed time works once. */
export async function renew(
  store: Store,
  renewal: Renewal,
  now: number,
): Promise<Result<Renewed, NotAuthorised>> {
  const refused = err({ type: 'unauthorised' } as const);
  const time = Date.parse(renewal.time);
  const signature = fromBase64Url(renewal.signature);
  if (!signature || !(Math.abs(time - now) <= WINDOW)) return refused;
  const device = await store.db
    .selectFrom('devices')
    .innerJoin('members', 'members.id', 'devices.member')
    .innerJoin('operations', 'operations.id', 'devices.operation')
    .select(['devices.operation', 'devices.member', 'devices.signKey', 'devices.revokedAs'])
    .select(['members.role', 'operations.epoch'])
    .where('devices.id', '=', renewal.device)
    .executeTakeFirst();
  if (!device) return refused;
  const bytes = toUtf8(`${renewal.device}|${renewal.time}`);
  if (!(await verify(device.signKey, signature, bytes))) return refused;
  if (device.revokedAs === 'lost') return err({ type: 'revoked', as: 'lost' });
  return store.write(async (tx) => {
    const used = await tx
      .updateTable('devices')
      .set({ renewedFor: time, lastContact: now })
      .where('id', '=', renewal.device)
      .where((row) => row.or([row('renewedFor', 'is', null), row('renewedFor', '<', time)]))
      .returning('id')
      .executeTakeFirst();
    if (!used) return refused;
    const tokens = await issueTokens(tx, renewal.device, now);
    const { operation, member, role, epoch } = device;
    await audit(tx, {
      operation,
      at: now,
      action: 'tokens_renewed',
      member,
      device: renewal.device,
    });
    return ok({ tokens, operation, role: role as Role, epoch });
  });
}
