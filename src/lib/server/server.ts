import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import { MINUTE, systemClock, type Clock } from './clock.ts';
import { loadServerKeys, type ServerKeys } from './keys.ts';
import { RateLimiter } from './limits/rate.ts';
import { createLog } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { deviceKeys, type DeviceKeys } from './people/signers.ts';
import { createSnapshots, type Snapshots } from './snapshots/snapshots.ts';
import type { Settings } from './settings.ts';
import { takePresence, type Presence } from './store/presence.ts';
import { openStore, type Store } from './store/store.ts';
import { createCommitter, type Committer } from './sync/committer.ts';
import { openersHere, openersInThreads, type Openers } from './sync/openers.ts';
import { createPokes, type Pokes } from './sync/pokes.ts';
import { sweepConvoys } from './sync/release.ts';

/** One server process: everything that a request needs. */
export interface Server {
  readonly settings: Settings;
  readonly store: Store;
  /** Keeps a restore away from the store while this process works with it. */
  readonly presence: Presence;
  readonly keys: ServerKeys;
  readonly devices: DeviceKeys;
  readonly openers: Openers;
  readonly committer: Committer;
  readonly pokes: Pokes;
  readonly snapshots: Snapshots;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly limits: { readonly address: RateLimiter; readonly device: RateLimiter };
  /** Lets convoys go whose time has come, and makes snapshots. Runs every minute by itself. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

const SWEEP_EVERY = MINUTE;
/** Of calls without a token that holds: a camp of phones behind one carrier address never gets near. */
const PER_ADDRESS = { burst: 1_000, perSecond: 50 };
const PER_DEVICE = { burst: 2_000, perSecond: 100 };

/** Threads that open envelopes beside the one that answers: more than a few have nothing to do. */
const MOST_OPENERS = 4;

export interface ServerOptions {
  /** 0: in the thread that answers. As many as the machine has room for unless told otherwise. */
  readonly openers?: number;
  readonly clock?: Clock;
  readonly log?: Logger;
}

export async function createServer(
  settings: Settings,
  options: ServerOptions = {},
): Promise<Server> {
  const clock = options.clock ?? systemClock;
  const log = options.log ?? createLog(settings.logLevel);
  const { releaseAfter } = settings;
  const store = await openStore(settings);
  const presence = await takePresence(settings, 'shared');
  if (!presence) throw new Error('the store is being restored: start the server again afterwards');
  const keys = await loadServerKeys(store, clock());
  const pokes = createPokes(store);
  const threads = options.openers ?? Math.min(MOST_OPENERS, availableParallelism() - 1);
  const openers = threads > 0 ? openersInThreads(keys, threads) : openersHere(keys);
  const committed = (): void => void pokes.look();
  const committer = createCommitter(store, { clock, releaseAfter, committed });
  const { snapshotFrom: from, snapshotMemory: megabytes } = settings;
  const snapshots = createSnapshots({ store, place: settings, from, megabytes, clock, log });
  const sweep = async (): Promise<void> => {
    const failed = (error: unknown): void => log.error({ err: error }, 'sweep failed');
    await sweepConvoys(store, { now: clock(), releaseAfter }).catch(failed);
    await pokes.look();
    await snapshots.refresh().catch(failed);
  };
  const timer = setInterval(() => void sweep(), SWEEP_EVERY);
  timer.unref();
  await sweep();
  return {
    settings,
    store,
    presence,
    keys,
    devices: deviceKeys(),
    openers,
    committer,
    pokes,
    snapshots,
    clock,
    log,
    metrics: createMetrics(pokes.count),
    limits: {
      address: new RateLimiter(PER_ADDRESS, clock),
      device: new RateLimiter(PER_DEVICE, clock),
    },
    sweep,
    stop: async () => {
      clearInterval(timer);
      pokes.close();
      await snapshots.stop();
      await committer.idle();
      await openers.stop();
      await store.close();
      await presence.end();
    },
  };
}
