/** A wait that can be cut short; a wake that comes before the wait is not lost. */
export class Wakeable {
  #isWoken = false;
  #resolve: (() => void) | undefined;

  wake(): void {
    this.#isWoken = true;
    this.#resolve?.();
  }

  /** Forgets wakes so far: what follows sees whatever they were about. */
  reset(): void {
    this.#isWoken = false;
  }

  /** Ends a wait that is under way, and is forgotten where there is none. */
  interrupt(): void {
    this.#resolve?.();
  }

  /** Milliseconds, or `Infinity`: until woken or aborted. */
  async until(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.#isWoken || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = Number.isFinite(milliseconds) ? setTimeout(end, milliseconds) : undefined;
      this.#resolve = end;
      signal.addEventListener('abort', end, { once: true });
    });
    this.#resolve = undefined;
  }
}

export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Wakeable().until(milliseconds, signal);
}
