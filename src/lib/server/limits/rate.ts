import type { Clock } from '../clock.ts';

/** A bucket that holds `burst` calls and fills again by `perSecond`. */
export interface RateLimit {
  readonly burst: number;
  readonly perSecond: number;
}

interface Bucket {
  left: number;
  at: number;
}

const MAX_YOUNG = 25_000;

/**
 * Counts calls per key (a device, an address) in memory. Generous: a whole camp behind one carrier
 * address must not trip it, only a machine that hammers. Under endless keys the buckets that were
 * not used for the longest time are forgotten, a generation at a time.
 */
export class RateLimiter {
  readonly #limit: RateLimit;
  readonly #clock: Clock;
  #young = new Map<string, Bucket>();
  #old = new Map<string, Bucket>();

  constructor(limit: RateLimit, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** Takes `cost` from the bucket of `key`; false when it does not hold as much. */
  take(key: string, cost = 1): boolean {
    const now = this.#clock();
    const bucket = this.#bucket(key, now);
    const filled = bucket.left + (Math.max(0, now - bucket.at) / 1000) * this.#limit.perSecond;
    bucket.left = Math.min(this.#limit.burst, filled);
    bucket.at = now;
    if (bucket.left < cost) return false;
    bucket.left -= cost;
    return true;
  }

  #bucket(key: string, now: number): Bucket {
    const young = this.#young.get(key);
    if (young) return young;
    const bucket = this.#old.get(key) ?? { left: this.#limit.burst, at: now };
    if (this.#young.size >= MAX_YOUNG) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, bucket);
    return bucket;
  }
}
