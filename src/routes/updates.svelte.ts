import { dev } from '$app/environment';
import type { Workbox } from 'workbox-window';

/**
 * A newer version of the app. It is fetched and kept by the service worker, and taken only where
 * nothing is open: taking it loads the page anew, and an open operation would lock.
 */
export class Updates {
  isReady = $state(false);
  #isHeld = false;
  #workbox: Workbox | undefined;

  /** Registers the service worker; called once the page can be used. */
  async watch(): Promise<void> {
    if (dev || !('serviceWorker' in navigator) || this.#workbox) return;
    const { Workbox } = await import('workbox-window');
    const workbox = new Workbox('/service-worker.js', { type: 'module' });
    this.#workbox = workbox;
    workbox.addEventListener('waiting', () => (this.isReady = true));
    workbox.addEventListener('controlling', (event) => {
      if (event.isUpdate && this.isReady) location.reload();
    });
    await workbox.register().catch(() => undefined);
  }

  /** Half-typed work keeps the page as it is. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
  }

  /** Takes the newer version, if there is one and nothing is half typed. */
  apply(): void {
    if (this.isReady && !this.#isHeld) this.#workbox?.messageSkipWaiting();
  }
}
