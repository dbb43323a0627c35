import { envelopeKeyId } from '#lib/crypto/envelope.ts';
import type { Result } from '#lib/domain/result.ts';
import type { QueueRow } from '../db/database.ts';
import { openGroup } from '../db/open-group.ts';
import type { RecordStore } from '../db/record-store.ts';
import type { StorageError } from '../db/storage-error.ts';
import { sealToServer, type ServerKey } from './signed-groups.ts';

/** A failing disk may have left something that is no bytes at all: it would hold up all the rest. */
const isSealedTo = ({ envelope }: QueueRow, { id }: ServerKey): boolean =>
  (envelope as unknown) instanceof Uint8Array && envelopeKeyId(envelope) === id;

/**
 * Seals to the server's newest key what waits under an older one, numbers and groups unchanged; how
 * many those were. Where a group cannot be opened its envelope stays as it is: old keys are kept.
 */
export function sealAnew(
  store: RecordStore,
  key: ServerKey,
): Promise<Result<number, StorageError>> {
  const { db } = store;
  return store.inTurn(async () => {
    const old = await db.queue.filter((row) => row.acked === 0 && !isSealedTo(row, key)).toArray();
    if (old.length === 0) return 0;
    const sealed: QueueRow[] = [];
    for (const row of old) {
      const stored = await db.groups.get(row.group);
      const opened = stored && (await openGroup(store, stored));
      if (!opened) continue;
      const envelope = await sealToServer(opened.signed, key);
      sealed.push({ ...row, envelope, size: envelope.length });
    }
    return db.transaction('rw', [db.queue], async () => {
      let count = 0;
      for (const row of sealed) {
        const now = await db.queue.get([row.replica, row.n]);
        if (now?.group !== row.group) continue; // it left meanwhile, or has another number
        await db.queue.put({ ...row, acked: now.acked });
        count += 1;
      }
      return count;
    });
  });
}
