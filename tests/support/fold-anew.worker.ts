import { sealingCipher } from '#lib/client/db/cipher.ts';
import { DeviceDatabase } from '#lib/client/db/database.ts';
import { RecordStore } from '#lib/client/db/record-store.ts';
import { mendStates } from '#lib/client/db/refold.ts';
import { readAsNewer } from './two-readings.ts';

/** The newer application unlocking, where whoever started it can end it at any moment. */
addEventListener('message', (event: MessageEvent<{ name: string; key: CryptoKey }>) => {
  void unlock(event.data);
});

async function unlock({ name, key }: { name: string; key: CryptoKey }): Promise<void> {
  const db = new DeviceDatabase(name);
  const store = new RecordStore(db, sealingCipher(key), readAsNewer);
  await store.catchUp();
  postMessage('opened');
  await mendStates(store);
  db.close();
  postMessage('folded');
}
