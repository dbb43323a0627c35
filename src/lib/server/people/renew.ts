import { fromBase64Url, toUtf8 } from '#lib/crypto/encoding.ts';
import { verify } from '#lib/crypto/signatures.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { CertifiedDevice } from '#lib/protocol/certificate.ts';
import type { Certificate } from '#lib/protocol/wire-values.ts';
import type { Role } from '#lib/protocol/roles.ts';
import { MINUTE } from '../clock.ts';
import type { ServerKeys } from '../keys.ts';
import type { Queries, Store } from '../store/store.ts';
import { adopt } from './adopt.ts';
import { audit } from './audit.ts';
import { readCertificate } from './certificate.ts';
import { listOperations } from './operations.ts';
import { issueTokens, type NotAuthorised } from './tokens.ts';

/** How far the signed time may lie from the server's: the device signs the server's own time. */
const WINDOW = 10 * MINUTE;

export interface Renewal {
  readonly device: string;
  /** The server's time, as the device heard it from the health endpoint. */
  readonly time: string;
  /** By the device's key over `device|time`. */
  readonly signature: string;
  /** By which a server that was restored from an older backup knows the device again. */
  readonly certificate?: Certificate | undefined;
  readonly name?: string | undefined;
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
  keys: ServerKeys,
  renewal: Renewal,
  now: number,
): Promise<Result<Renewed, NotAuthorised>> {
  const refused = err({ type: 'unauthorised' } as const);
  const time = Date.parse(renewal.time);
  const signature = fromBase64Url(renewal.signature);
  if (!signature || !(Math.abs(time - now) <= WINDOW)) return refused;
  const bytes = toUtf8(`${renewal.device}|${renewal.time}`);
  const known = await findDevice(store.db, renewal.device);
  const forgotten = known ? null : await certifiedDevice(store.db, keys, renewal);
  const signKey = known?.signKey ?? forgotten?.signKey;
  if (!signKey || !(await verify(signKey, signature, bytes))) return refused;
  if (forgotten) {
    await store.write((tx) => adopt(tx, forgotten, renewal.name?.trim() ?? '', now));
  }
  const device = known ?? (await findDevice(store.db, renewal.device));
  if (!device) return refused;
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

function findDevice(db: Queries, id: string) {
  return db
    .selectFrom('devices')
    .innerJoin('members', 'members.id', 'devices.member')
    .innerJoin('operations', 'operations.id', 'devices.operation')
    .select(['devices.operation', 'devices.member', 'devices.signKey', 'devices.revokedAs'])
    .select(['members.role', 'operations.epoch'])
    .where('devices.id', '=', id)
    .executeTakeFirst();
}

/** The device of a renewal as this server certified it once, in whichever of its operations. */
async function certifiedDevice(
  db: Queries,
  keys: ServerKeys,
  { device, certificate }: Renewal,
): Promise<CertifiedDevice | null> {
  if (certificate?.device !== device) return null;
  for (const { id } of await listOperations(db)) {
    const certified = await readCertificate(keys, id, certificate);
    if (certified) return certified;
  }
  return null;
}
