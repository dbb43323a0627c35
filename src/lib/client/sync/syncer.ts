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
 * Keeps this device and the server the same: one tab does it for all (S8), one that is in sight. Out
 * of sight it holds the lock for a round at most and asks nothing by itself: its browser may let it
 * stand still at any moment, and who is looked at would wait for it (ADR 0190). Asks again after a
 * failure, later each time and never in step with others.
 */
export class Syncer {
  readonly #host: SyncHost;
  readonly #wake = new Wakeable();
  /** The wait that a server asked for: only going out of sight cuts it short. */
  readonly #asked = new Wakeable();
  #abort: AbortController | undefined;
  /** Of standing in line for the lock, and of listening while leading. */
  #inSight = new AbortController();
  #hasPoke = false;

  constructor(host: SyncHost) {
    this.#host = host;
  }

  start(): void {
    if (this.#abort) return;
    const abort = new AbortController();
    this.#abort = abort;
    this.#wake.wake(); // unlocked and already out of sight: one round all the same
    void this.#run(abort.signal);
  }

  /** Ends syncing and lets another tab take over. */
  stop(): void {
    this.#abort?.abort();
    this.#abort = undefined;
    this.#inSight.abort();
    this.wake();
  }

  /** There is something to send, or a reason to look. */
  wake(): void {
    this.#wake.wake();
  }

  /** The page went out of sight: after the round that is under way another tab may lead. */
  giveWay(): void {
    this.#inSight.abort();
    this.#wake.interrupt();
    this.#asked.interrupt();
  }

  async #run(signal: AbortSignal): Promise<void> {
    let isOver = false;
    while (!signal.aborted && !isOver) {
      if (this.#host.isHidden()) {
        await this.#wake.until(Infinity, signal);
        if (!signal.aborted && this.#host.isHidden())
          isOver = await this.#roundUnlessOtherLeads(signal);
      } else {
        isOver = await this.#standInLine(signal);
      }
    }
  }

  /** Leads as soon as nobody else does, for as long as the page is in sight. Whether all is over. */
  async #standInLine(signal: AbortSignal): Promise<boolean> {
    const inSight = new AbortController();
    this.#inSight = inSight;
    const whileInSight = { signal: inSight.signal };
    try {
      return await navigator.locks.request(SYNC_LOCK, whileInSight, async () => {
        const listening = this.#listen(inSight.signal);
        const isOver = await this.#lead(signal, inSight.signal);
        inSight.abort();
        await listening;
        return isOver;
      });
    } catch (thrown) {
      if (!inSight.signal.aborted) throw thrown;
      return false;
    }
  }

  /** Out of sight, what is to be sent goes all the same; another tab sends it where one leads. */
  #roundUnlessOtherLeads(signal: AbortSignal): Promise<boolean> {
    return navigator.locks.request(SYNC_LOCK, { ifAvailable: true }, async (lock) => {
      this.#wake.reset();
      const outcome = lock ? await this.#roundOrAborted(signal) : undefined;
      return outcome?.type === 'revoked';
    });
  }

  /** Whether all is over: this device was revoked, or locks. */
  async #lead(signal: AbortSignal, inSight: AbortSignal): Promise<boolean> {
    const isAway = (): boolean => inSight.aborted || this.#host.isHidden();
    let failures = 0;
    while (!signal.aborted && !isAway()) {
      this.#wake.reset();
      const outcome = await this.#roundOrAborted(signal);
      if (!outcome || outcome.type === 'revoked') return true;
      if (isAway()) return false;
      failures = outcome.type === 'done' ? 0 : failures + 1;
      const asked = 'waitMs' in outcome ? outcome.waitMs : undefined;
      if (asked !== undefined) await this.#asked.until(asked * (1 + Math.random() / 4), signal);
      else await this.#wake.until(this.#waitAfter(failures), signal);
    }
    return signal.aborted;
  }

  /** Locking must not wait for an answer that may never come: the next holder of the lock goes on. */
  async #roundOrAborted(signal: AbortSignal): Promise<RoundOutcome | undefined> {
    const outcome = await Promise.race([this.#round(signal), untilAborted(signal)]);
    if (!outcome || signal.aborted) return undefined;
    this.#host.onRound(outcome);
    return outcome;
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
      failures += 1;
      const most = Math.min(RETRY_MOST, RETRY_FIRST * 2 ** (failures - 1));
      await pause(most * (0.5 + Math.random() / 2), signal);
    }
  }
}

function untilAborted(signal: AbortSignal): Promise<undefined> {
  return pause(Infinity, signal).then(() => undefined);
}
