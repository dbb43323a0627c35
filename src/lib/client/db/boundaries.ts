import { toUtf8 } from '#lib/crypto/encoding.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Cipher } from './cipher.ts';
import type { DeviceDatabase } from './database.ts';
import { storageError, type StorageError } from './storage-error.ts';

const ROW = 'boundaries';

/** Borders to draw under the places, and what is said of them. */
export interface StoredBoundaries {
  /** Lines of positions, degrees east and north. */
  readonly lines: readonly (readonly (readonly [number, number])[])[];
  readonly areas: number;
  readonly points: number;
  /** The name of the file, and who made it, as typed; '' where nobody said. */
  readonly file: string;
  readonly source: string;
  /** The day of the import, by this device's clock (ISO). */
  readonly importedOn: string;
}

/** What was imported on this device; undefined where nothing was, or it cannot be opened. */
export async function readBoundaries(
  db: DeviceDatabase,
  cipher: Cipher,
): Promise<StoredBoundaries | undefined> {
  const row = await db.boundaries.get(ROW);
  const bytes = row && (await cipher.open(ROW, row.bytes));
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as StoredBoundaries);
}

/** Keeps these, sealed, in the place of those before; `null` removes them. */
export async function keepBoundaries(
  db: DeviceDatabase,
  cipher: Cipher,
  boundaries: StoredBoundaries | null,
): Promise<Result<null, StorageError>> {
  try {
    if (boundaries === null) await db.boundaries.delete(ROW);
    else {
      const bytes = await cipher.seal(ROW, toUtf8(JSON.stringify(boundaries)));
      await db.boundaries.put({ id: ROW, bytes });
    }
    return ok(null);
  } catch (thrown) {
    return err(storageError(thrown));
  }
}
