import { wipeExample } from '../sync/wipe-example.ts';

/** Bytes that should stay free: below that a person is told while there is still room to save. */
const LEAST_FREE = 50 * 1024 * 1024;

interface Room {
  /** Undefined: the browser does not say. */
  readonly isPersisted?: boolean | undefined;
  readonly used?: number | undefined;
  readonly free?: number | undefined;
}

/** How much room this device has, and whether the browser promised to keep what lies in it. */
export class DeviceStorage {
  #room = $state.raw<Room>({});
  #isFull = $state(false);
  #hasAsked = false;

  /** Whether the browser promised not to clear this storage by itself; undefined: it does not say. */
  get isPersisted(): boolean | undefined {
    return this.#room.isPersisted;
  }

  /** Bytes. */
  get used(): number | undefined {
    return this.#room.used;
  }

  /** Bytes. */
  get free(): number | undefined {
    return this.#room.free;
  }

  /** The last save found no room. */
  get isFull(): boolean {
    return this.#isFull;
  }

  get isLow(): boolean {
    return (this.#room.free ?? LEAST_FREE) < LEAST_FREE;
  }

  async refresh(): Promise<void> {
    const { storage } = navigator;
    const [isPersisted, estimate] = await Promise.all([
      storage?.persisted?.().catch(() => undefined),
      storage?.estimate?.().catch(() => undefined),
    ]);
    const { usage, quota } = estimate ?? {};
    const free = usage === undefined || quota === undefined ? undefined : quota - usage;
    this.#room = { isPersisted, used: usage, free };
  }

  /** After a save: now there is something to keep, and the browser is asked to keep it. */
  async noteSaved(): Promise<void> {
    this.#isFull = false;
    if (!this.#hasAsked) {
      this.#hasAsked = true;
      await navigator.storage?.persist?.().catch(() => false);
    }
    await this.refresh();
  }

  /**
   * A save found no room. What can be had again goes: the example, and files of other versions of
   * the application. Records and the queue never go (S6), and the files of this version stay: without
   * them nobody could open what is saved.
   */
  async makeRoom(): Promise<void> {
    this.#isFull = true;
    await wipeExample();
    if (!('caches' in globalThis)) return;
    for (const name of await caches.keys()) {
      if (!name.startsWith('crossline-precache')) await caches.delete(name);
    }
  }
}
