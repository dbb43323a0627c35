import type { Certificate } from '#lib/protocol/wire-values.ts';
import type { CertifiedDevice } from '#lib/protocol/certificate.ts';
import type { ServerKeys } from '../keys.ts';
import { rowsFor } from '../store/rows.ts';
import type { Store, Tx } from '../store/store.ts';
import { audit } from './audit.ts';
import { readCertificate } from './certificate.ts';
import { addDevice } from './devices.ts';

/**
 * Knows devices again that were enrolled after the backup from which this server was restored, by
 * the certificates that it gave them then (S7): without that, everything they signed since would be
 * of nobody. Devices that are known stay as they are, revoked ones too.
 */
export async function adoptDevices(
  store: Store,
  keys: ServerKeys,
  operation: string,
  certificates: readonly Certificate[],
  now: number,
): Promise<void> {
  const known = await rowsFor(
    certificates.map(({ device }) => device),
    (piece) => store.db.selectFrom('devices').select('id').where('id', 'in', piece).execute(),
  );
  const knownIds = new Set(known.map((row) => row.id));
  const unknown = certificates.filter(({ device }) => !knownIds.has(device));
  for (const certificate of unknown) {
    const certified = await readCertificate(keys, operation, certificate);
    if (certified) await store.write((tx) => adopt(tx, certified, '', now));
  }
}

/** A device, and its person with the role that he had, where he is not known any more either. */
export async function adopt(
  tx: Tx,
  certified: CertifiedDevice,
  name: string,
  now: number,
): Promise<void> {
  const { operation, device, member, role, signKey, sealKey } = certified;
  await tx
    .insertInto('members')
    .values({ id: member, operation, name, organisation: null, role, createdAt: now })
    .onConflict((c) => c.doNothing())
    .execute();
  await addDevice(tx, { id: device, operation, member, signKey, sealKey }, now);
  if (name !== '') {
    await tx
      .updateTable('members')
      .set({ name })
      .where('id', '=', member)
      .where('name', '=', '')
      .execute();
  }
  const entry = { operation, at: now, member, device, detail: { role } } as const;
  await audit(tx, { ...entry, action: 'device_restored' });
}
