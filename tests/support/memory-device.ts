import { generateDataKey } from '#lib/crypto/keys.ts';
import { randomId, randomShortId } from '#lib/crypto/random.ts';
import { generateSigningPair, unwrapSigningKey } from '#lib/crypto/signatures.ts';
import { sealingCipher } from '#lib/client/db/cipher.ts';
import { DeviceDatabase } from '#lib/client/db/database.ts';
import { RecordStore } from '#lib/client/db/record-store.ts';
import { Records } from '#lib/client/state/records.svelte.ts';
import type { Party } from '#lib/client/sync/round.ts';
import { readSigned, type ServerKey } from '#lib/client/sync/signed-groups.ts';
import type { MemoryServer } from './memory-server.ts';

/** A device with the real store and keys, at a server in memory. */
export interface MemoryDevice {
  readonly device: string;
  readonly records: Records;
  readonly store: RecordStore;
  readonly party: Party;
}

const open: DeviceDatabase[] = [];
const keys = new WeakMap<MemoryServer, ServerKey>();

export async function newDevice(server: MemoryServer): Promise<MemoryDevice> {
  const serverKey = keys.get(server) ?? (await server.start());
  keys.set(server, serverKey);
  const dataKey = await generateDataKey();
  const db = new DeviceDatabase(`test-${randomId()}`);
  open.push(db);
  const { epoch } = server;
  const plain = { pushToken: 't', epoch, replica: randomShortId(), n: 0, lastContact: '' };
  await db.transport.put({ id: 'transport', ...plain });
  const store = new RecordStore(db, sealingCipher(dataKey), readSigned);
  await store.catchUp();
  const pair = await generateSigningPair(dataKey);
  const signing = await unwrapSigningKey(pair.wrapped, dataKey);
  if (!signing.ok) throw new Error('unwraps');
  const device = randomId();
  const records = new Records(store, {
    operation: 'op',
    member: randomId(),
    device,
    keys: { signing: signing.value, server: () => serverKey },
  });
  const party = { store, transport: server.transport, fullToken: 'full', serverKey };
  return { device, records, store, party };
}

/** Saves values of a convoy as a person does. */
export function save(device: MemoryDevice, id: string, values: Record<string, string>) {
  return device.records.save([{ kind: 'convoy', id, values }]);
}

/** Closes and deletes the databases of all devices that a test made. */
export async function forgetDevices(): Promise<void> {
  for (const db of open) db.close();
  for (const db of open.splice(0)) await db.delete();
}
