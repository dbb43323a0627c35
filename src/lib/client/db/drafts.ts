import { toUtf8 } from '#lib/crypto/encoding.ts';
import type { Cipher } from './cipher.ts';
import type { DraftDatabase } from './database.ts';

/** Half-typed work. `savedAt`: ISO instant of this device's clock. */
export interface StoredDraft<T> {
  readonly id: string;
  readonly savedAt: string;
  readonly content: T;
}

export async function putDraft<T>(
  db: DraftDatabase,
  cipher: Cipher,
  draft: StoredDraft<T>,
): Promise<void> {
  const { id } = draft;
  await db.drafts.put({ id, bytes: await cipher.seal(id, toUtf8(JSON.stringify(draft))) });
}

/** All drafts that can be opened, the newest first. */
export async function readDrafts<T>(db: DraftDatabase, cipher: Cipher): Promise<StoredDraft<T>[]> {
  const rows = await db.drafts.toArray();
  const opened = await Promise.all(rows.map((row) => cipher.open(row.id, row.bytes)));
  return opened
    .flatMap((bytes) =>
      bytes ? [JSON.parse(new TextDecoder().decode(bytes)) as StoredDraft<T>] : [],
    )
    .sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
}
