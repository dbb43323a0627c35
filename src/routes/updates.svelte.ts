import { dev } from '$app/environment';
import type { Workbox } from 'workbox-window';

/** Held by every tab in which something is open. */
const IN_USE = 'crossline-in-use';

/**
 * A newer version of the app. It is fetched and kept by the service worker, and taken only where
 * nothing is open: taking it loads the page anew, and an open operation would lock.
 */
export class Updates {
  isReady = $state(false);
  #isHeld = false;
  #isResting = false;
  /** Another tab took it: this one runs on what it has loaded until nothing is open here either. */
  #isTaken = false;
  #workbox: Workbox | undefined;
  #using: Promise<void> = Promise.resolve();
  #endUse: (() => void) | undefined;

  /** Registers the service worker; called once the page can be used. */
  async watch(): Promise<void> {
    if (dev || !('serviceWorker' in navigator) || this.#workbox) return;
    const { Workbox } = await import('workbox-window');
    const workbox = new Workbox('/service-worker.js', { type: 'module' });
    this.#workbox = workbox;
    workbox.addEventListener('waiting', () => (this.isReady = true));
    workbox.addEventListener('controlling', (event) => {
      if (!event.isUpdate || !this.isReady) return;
      this.#isTaken = true;
      this.#apply();
    });
    await workbox.register().catch(() => undefined);
  }

  /** Half-typed work keeps the page as it is. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
  }

  /**
   * Whether nothing is open in this tab. From then on it takes the newer version, if there is one,
   * nothing is half typed, and no other tab is in use: it would lose the files of the older one.
   */
  rest(isResting: boolean): void {
    if (!('locks' in navigator)) return; // nothing is ever kept here
    this.#isResting = isResting;
    if (isResting) {
      this.#endUse?.();
      this.#endUse = undefined;
      void this.#using.then(() => this.#apply());
    } else if (!this.#endUse) {
      const ended = new Promise<void>((end) => (this.#endUse = end));
      this.#using = navigator.locks.request(IN_USE, { mode: 'shared' }, () => ended);
    }
  }

  #apply(): void {
    if (!this.isReady || this.#isHeld || !this.#isResting) return;
    if (this.#isTaken) location.reload();
    else {
      void navigator.locks.request(IN_USE, { ifAvailable: true }, (lock) => {
        if (lock) this.#workbox?.messageSkipWaiting();
      });
    }
  }
}
