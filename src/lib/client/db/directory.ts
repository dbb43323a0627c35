import type { Cipher } from './cipher.ts';
import type { DeviceDatabase } from './database.ts';

const ROW = 'directory';

/** Who is in the operation, as the server last said (JSON text); undefined where it never did. */
export async function readDirectory(
  db: DeviceDatabase,
  cipher: Cipher,
): Promise<string | undefined> {
  const row = await db.directory.get(ROW);
  const bytes = row && (await cipher.open(ROW, row.bytes));
  return bytes && new TextDecoder().decode(bytes);
}

/** Keeps what the server said, sealed. */
export async function keepDirectory(
  db: DeviceDatabase,
  cipher: Cipher,
  text: string,
): Promise<void> {
  const bytes = await cipher.seal(ROW, new TextEncoder().encode(text));
  await db.directory.put({ id: ROW, bytes });
}
