import { err, ok, type Result } from '#lib/domain/result.ts';
import { mayAct, type Role } from '#lib/protocol/roles.ts';
import type { DeviceRow } from '../store/schema.ts';
import type { Queries, Store, Tx } from '../store/store.ts';
import { audit } from './audit.ts';
import type { Inviter } from './invites.ts';

export interface ListedDevice {
  readonly device: string;
  readonly member: string;
  readonly name: string;
  readonly organisation: string | null;
  readonly role: Role;
  readonly enrolled: string;
  readonly lastContact: string | null;
  readonly revoked: 'leaving' | 'lost' | null;
  /** When the server noticed a copy of it with which no owner has dealt yet. */
  readonly copied: string | null;
}

/** The devices of an operation, with their people: for those who may read names. */
export async function listDevices(db: Queries, operation: string): Promise<ListedDevice[]> {
  const rows = await db
    .selectFrom('devices')
    .innerJoin('members', 'members.id', 'devices.member')
    .select(['devices.id', 'devices.member', 'devices.createdAt', 'devices.lastContact'])
    .select(['devices.revokedAs', 'devices.forkedAt'])
    .select(['members.name', 'members.organisation', 'members.role'])
    .where('devices.operation', '=', operation)
    .orderBy('devices.createdAt')
    .execute();
  return rows.map((row) => ({
    device: row.id,
    member: row.member,
    name: row.name,
    organisation: row.organisation,
    role: row.role as Role,
    enrolled: new Date(row.createdAt).toISOString(),
    lastContact: row.lastContact === null ? null : new Date(row.lastContact).toISOString(),
    revoked: row.revokedAs,
    // One that was taken out is dealt with: nothing of either copy goes into the records any more.
    copied: row.forkedAt === null || row.revokedAs ? null : new Date(row.forkedAt).toISOString(),
  }));
}

type NewDevice = Pick<DeviceRow, 'id' | 'operation' | 'member' | 'signKey' | 'sealKey'>;

/** Adds a device that is in contact now; one that is known already stays as it is. */
export async function addDevice(tx: Tx, device: NewDevice, now: number): Promise<void> {
  await tx
    .insertInto('devices')
    .values({
      ...device,
      createdAt: now,
      lastContact: now,
      revokedAt: null,
      revokedAs: null,
      renewedFor: null,
      forkedAt: null,
    })
    .onConflict((c) => c.doNothing())
    .execute();
}

/**
 * Ends a device. `leaving`: it may hand in its queue, which is set aside for review. `lost`: nothing
 * of it is accepted any more. Either way it wipes itself at its next contact, and the invites that
 * its person made and nobody used end with it: whoever holds the device could have made them.
 */
export async function revokeDevice(
  store: Store,
  by: Inviter,
  device: string,
  as: 'leaving' | 'lost',
  now: number,
): Promise<Result<null, { type: 'forbidden' | 'not_found' }>> {
  if (!mayAct(by.role, 'manage_devices')) return err({ type: 'forbidden' });
  return store.write(async (tx) => {
    const row = await tx
      .updateTable('devices')
      .set({ revokedAt: now, revokedAs: as })
      .where('id', '=', device)
      .where('operation', '=', by.operation)
      .returning('member')
      .executeTakeFirst();
    if (!row) return err({ type: 'not_found' });
    await tx
      .updateTable('invites')
      .set({ expiresAt: now })
      .where('operation', '=', by.operation)
      .where('createdBy', '=', row.member)
      .where('usedAt', 'is', null)
      .execute();
    const { operation } = by;
    const who = { member: by.member, device: by.device, detail: { revoked: device, as } };
    await audit(tx, { operation, at: now, action: 'device_revoked', ...who });
    return ok(null);
  });
}
