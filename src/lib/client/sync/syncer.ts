import { PATHS } from '#lib/protocol/paths.ts';
import { SYNC_LOCK } from './lock-name.ts';
import type { RoundOutcome } from './outcome.ts';
import type { Renew } from './renewing-round.ts';
import type { Party } from './round.ts';
import { pause, Wakeable } from './waiting.ts';

/** What the syncer asks of whoever runs it. */
export interface SyncHost {
  readonly party: () => Party;
  readonly renew: Renew;
  readonly onRound: (outcome: RoundOutcome) => void;
  readonly isHidden: () => boolean;
}

/** Milliseconds. The poke stream tells at once; asking is only for where it does not stand. */
const POLL = 20_000;
const POLL_WITH_POKE = 120_000;
const RETRY_FIRST = 1_000;
const RETRY_MOST = 15_000;

/**
 * Keeps this device and the server the same: one tab does it for all (S8). Asks again after a
 * failure, later each time and never in step with others; asks nothing while the page is hidden.
 */
export class Syncer {
  readonly #host: SyncHost;
  readonly #wake = new Wakeable();
  readonly #wakeListening = new Wakeable();
  #abort: AbortController | undefined;
  #hasPoke = false;

  constructor(host: SyncHost) {
    this.#host = host;
  }

  start(): void {
    if (this.#abort) return;
    const abort = new AbortController();
    this.#abort = abort;
    const { signal } = abort;
    navigator.locks
      .request(SYNC_LOCK, { signal }, () => Promise.all([this.#lead(signal), this.#listen(signal)]))
      .catch((thrown: unknown) => {
        if (!signal.aborted) throw thrown;
      });
  }

  /** Ends syncing and lets another tab take over. */
  stop(): void {
    this.#abort?.abort();
    this.#abort = undefined;
    this.wake();
  }

  /** There is something to send, or a reason to look. */
  wake(): void {
    this.#wake.wake();
    this.#wakeListening.wake();
  }

  async #lead(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      this.#wake.reset();
      // Locking must not wait for an answer that may never come: the next holder of the lock goes on.
      const round = this.#round(signal);
      const outcome = await Promise.race([round, untilAborted(signal)]);
      if (!outcome || signal.aborted) return;
      this.#host.onRound(outcome);
      if (outcome.type === 'revoked') return;
      failures = outcome.type === 'done' ? 0 : failures + 1;
      const asked = 'waitMs' in outcome ? outcome.waitMs : undefined;
      if (asked !== undefined) await pause(asked * (1 + Math.random() / 4), signal);
      else await this.#wake.until(this.#waitAfter(failures), signal);
      // Hidden meanwhile: only somebody who looks, or something to send, ends this wait.
      if (this.#host.isHidden()) await this.#wake.until(Infinity, signal);
    }
  }

  /** What a round needs is loaded by the first of them: opening and saving do without. */
  async #round(signal: AbortSignal): Promise<RoundOutcome> {
    const loaded = await import('./renewing-round.ts').catch(() => undefined);
    // Not on this device yet, and nowhere to be had: as where there is no network.
    if (!loaded) return { type: 'offline' };
    try {
      return await loaded.renewingRound(this.#host.party, this.#host.renew, signal);
    } catch (thrown) {
      // What nobody foresaw must not end syncing until somebody locks and unlocks: it is tried again.
      return { type: 'storage', reason: thrown instanceof Error ? thrown.name : 'Error' };
    }
  }

  #waitAfter(failures: number): number {
    if (this.#host.isHidden()) return Infinity;
    if (failures === 0) return this.#hasPoke ? POLL_WITH_POKE : POLL;
    const most = Math.min(RETRY_MOST, RETRY_FIRST * 2 ** (failures - 1));
    return most * (0.5 + Math.random() / 2);
  }

  async #listen(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        await this.#host
          .party()
          .transport.poke(PATHS.poke, this.#host.party().fullToken, signal, () => {
            this.#hasPoke = true;
            failures = 0;
            this.wake();
          });
      } catch {
        // Broken or aborted: either way it does not stand, and the loop above keeps asking.
      }
      this.#hasPoke = false;
      this.#wakeListening.reset();
      failures += 1;
      const most = Math.min(RETRY_MOST, RETRY_FIRST * 2 ** (failures - 1));
      await pause(most * (0.5 + Math.random() / 2), signal);
      if (this.#host.isHidden()) await this.#wakeListening.until(Infinity, signal);
    }
  }
}

function untilAborted(signal: AbortSignal): Promise<undefined> {
  return pause(Infinity, signal).then(() => undefined);
}
