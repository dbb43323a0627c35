import type { Result } from '#lib/domain/result.ts';
import { keepBoundaries, readBoundaries, type StoredBoundaries } from '../db/boundaries.ts';
import type { Cipher } from '../db/cipher.ts';
import type { DeviceDatabase } from '../db/database.ts';
import type { StorageError } from '../db/storage-error.ts';

/**
 * An operation's own boundaries on this device (ADR 0145). They are opened when a map or the
 * settings first ask for them: logging a convoy never does.
 */
export class OwnBoundaries {
  /** undefined: not opened yet; null: there are none. */
  current = $state.raw<StoredBoundaries | null | undefined>();
  readonly #db: DeviceDatabase;
  readonly #cipher: Cipher;
  #opening: Promise<void> | undefined;

  constructor(db: DeviceDatabase, cipher: Cipher) {
    this.#db = db;
    this.#cipher = cipher;
  }

  /** What cannot be read is as if it had never been imported: the file can be chosen again. */
  open(): Promise<void> {
    this.#opening ??= readBoundaries(this.#db, this.#cipher).then(
      (found) => void (this.current ??= found ?? null),
      () => void (this.current ??= null),
    );
    return this.#opening;
  }

  keep(boundaries: StoredBoundaries): Promise<Result<null, StorageError>> {
    return this.#put(boundaries);
  }

  remove(): Promise<Result<null, StorageError>> {
    return this.#put(null);
  }

  async #put(boundaries: StoredBoundaries | null): Promise<Result<null, StorageError>> {
    const kept = await keepBoundaries(this.#db, this.#cipher, boundaries);
    if (kept.ok) this.current = boundaries;
    return kept;
  }
}
