import { ok, type Result } from '#lib/domain/result.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { commitPushes } from './commit.ts';
import type { Push, PushOutcome } from './incoming.ts';

/** Stores pushes; those that wait while a transaction runs are committed together in the next. */
export interface Committer {
  /** Opens a push (decrypting, verifying), then commits it, with others that are being opened. */
  commit<E>(open: () => Promise<Result<Push, E>>): Promise<Result<PushOutcome, E>>;
  /** Whether as many pushes are under way as the server can hold in memory. */
  isFull(): boolean;
  /** Resolves when nothing is being opened, and nothing waits any more. */
  idle(): Promise<void>;
}

export interface CommitterOptions {
  readonly clock: Clock;
  /** Milliseconds until an ended convoy goes to `log`. */
  readonly releaseAfter: number;
  /** Called after each commit that stored something, with the operations concerned. */
  readonly committed: (operations: ReadonlySet<string>) => void;
}

interface Waiting {
  readonly push: Push;
  readonly resolve: (outcome: PushOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/** Envelopes in one transaction: enough to share its cost, few enough to keep it short. */
const MAX_ENVELOPES = 400;
const MAX_PUSHES = 512;
/** Milliseconds for which a transaction waits at most for pushes that are being opened. */
const GATHER = 50;
/** Pushes that are worth a transaction: more would let the threads that open them stand still. */
const ENOUGH = 12;

/**
 * One transaction at a time per process. A push is answered when its transaction is on disk. One
 * that makes a transaction fail is tried alone, so that it takes no other with it.
 */
export function createCommitter(store: Store, options: CommitterOptions): Committer {
  let queue: Waiting[] = [];
  let running: Promise<void> | null = null;
  const underWay = new Set<Promise<unknown>>();
  let opening = 0;
  let oneOpened = (): void => undefined;

  /**
   * Under load many pushes share one transaction: half of what is under way, or as many as are
   * enough, so that others are opened meanwhile. A push that is alone waits for nobody.
   */
  const isEnough = (): boolean => queue.length >= Math.min(opening, ENOUGH);

  async function gather(): Promise<void> {
    if (isEnough()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, GATHER);
      oneOpened = () => {
        if (!isEnough()) return;
        clearTimeout(timer);
        resolve();
      };
    });
    oneOpened = () => undefined;
  }

  async function run(): Promise<void> {
    while (queue.length > 0) {
      await gather();
      const batch = takeBatch();
      const pushes = batch.map((one) => one.push);
      try {
        const outcomes = await attempt(pushes);
        batch.forEach((one, index) => one.resolve(outcomes[index] as PushOutcome));
      } catch (error) {
        if (batch.length === 1) batch[0]?.reject(error);
        else await runAlone(batch);
      }
      options.committed(new Set(pushes.map((push) => push.operation)));
    }
    // At once, not when the promise settles: a push that comes in between would wait for ever.
    running = null;
  }

  async function runAlone(batch: readonly Waiting[]): Promise<void> {
    for (const one of batch) {
      try {
        const [outcome] = await attempt([one.push]);
        one.resolve(outcome as PushOutcome);
      } catch (error) {
        one.reject(error);
      }
    }
  }

  function takeBatch(): Waiting[] {
    let envelopes = 0;
    let end = 0;
    while (end < queue.length && (end === 0 || envelopes < MAX_ENVELOPES)) {
      envelopes += queue[end]?.push.incoming.length ?? 0;
      end += 1;
    }
    const batch = queue.slice(0, end);
    queue = queue.slice(end);
    return batch;
  }

  const attempt = (pushes: readonly Push[]): Promise<PushOutcome[]> =>
    commitPushes(store, pushes, { now: options.clock(), releaseAfter: options.releaseAfter });

  const commit: Committer['commit'] = async (open) => {
    opening += 1;
    let opened: Awaited<ReturnType<typeof open>>;
    try {
      opened = await open();
    } finally {
      opening -= 1;
      oneOpened();
    }
    if (!opened.ok) return opened;
    const push = opened.value;
    const outcome = await new Promise<PushOutcome>((resolve, reject) => {
      queue.push({ push, resolve, reject });
      oneOpened();
      running ??= run();
    });
    return ok(outcome);
  };

  return {
    commit: (open) => {
      const done = commit(open);
      const settled = done.catch(() => undefined).finally(() => underWay.delete(settled));
      underWay.add(settled);
      return done;
    },
    isFull: () => opening + queue.length >= MAX_PUSHES,
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
