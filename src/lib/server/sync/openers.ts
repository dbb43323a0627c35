import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Result } from '#lib/domain/result.ts';
import type { ServerKeys } from '../keys.ts';
import { deviceKeys, type Signer } from '../people/signers.ts';
import type { Incoming } from './incoming.ts';
import { openEnvelopes, type ForeignGroup } from './open-envelopes.ts';

export interface OpenTask {
  readonly operation: string;
  readonly carrier: Signer;
  /** Base64url, as they came. */
  readonly envelopes: readonly string[];
}

export type Opened = Result<(Incoming | ForeignGroup)[], 'too_large'>;

/** Who opens envelopes: decrypting and verifying is most of what a push costs. */
export interface Openers {
  open(task: OpenTask): Promise<Opened>;
  stop(): Promise<void>;
}

/** What a thread is given: the server's keys, and from then on tasks by the batch. */
export interface OpenersData {
  readonly sealing: ServerKeys['sealingSecrets'];
}
export type TaskMessage = readonly (OpenTask & { readonly id: number })[];
export type OpenedMessage = readonly { readonly id: number; readonly opened: Opened }[];

/** In this thread. */
export function openersHere(keys: Pick<ServerKeys, 'open'>): Openers {
  const { verify } = deviceKeys();
  return {
    open: (task) =>
      Promise.resolve(openEnvelopes(task.envelopes, { ...task, open: keys.open, verify })),
    stop: () => Promise.resolve(),
  };
}

interface Waiting {
  readonly resolve: (opened: Opened) => void;
  readonly reject: (error: Error) => void;
}

/**
 * In threads of their own, so that this one is free for the store and the network; here until they
 * have started, and when they have died.
 */
export function openersInThreads(
  keys: Pick<ServerKeys, 'open' | 'sealingSecrets'>,
  count: number,
): Openers {
  const here = openersHere(keys);
  const threads = Array.from({ length: count }, () => openerThread(keys));
  return {
    open: (task) => {
      const ready = threads.filter((thread) => thread.isReady());
      const [least = here] = ready.sort((a, b) => a.load() - b.load());
      return least.open(task);
    },
    stop: async () => {
      await Promise.all(threads.map((thread) => thread.stop()));
    },
  };
}

interface OpenerThread extends Openers {
  isReady(): boolean;
  /** Tasks under way. */
  load(): number;
}

function openerThread(keys: Pick<ServerKeys, 'sealingSecrets'>): OpenerThread {
  const workerData: OpenersData = { sealing: keys.sealingSecrets };
  // By its name in the package: the server may be bundled, the worker never is.
  const file = createRequire(import.meta.url).resolve('#lib/server/sync/opening.worker.ts');
  const waiting = new Map<number, Waiting>();
  let outgoing: (OpenTask & { readonly id: number })[] = [];
  let next = 0;
  let isReady = false;
  let isStopped = false;
  let worker = start();

  function start(): Worker {
    const started = new Worker(file, { workerData, execArgv: [] });
    started.unref();
    started.on('message', (message: OpenedMessage) => {
      isReady = true; // its first message is an empty one
      for (const { id, opened } of message) {
        waiting.get(id)?.resolve(opened);
        waiting.delete(id);
      }
    });
    started.on('error', () => undefined); // told by its exit
    started.once('exit', () => {
      const hadStarted = isReady;
      isReady = false;
      const left = [...waiting.values()];
      waiting.clear();
      // What it had is for the devices to send again.
      for (const one of left) one.reject(new Error('the thread that opens envelopes ended'));
      if (hadStarted && !isStopped) worker = start();
    });
    return started;
  }

  function flush(): void {
    worker.postMessage(outgoing satisfies TaskMessage);
    outgoing = [];
  }

  return {
    isReady: () => isReady,
    load: () => waiting.size,
    open: (task) =>
      new Promise((resolve, reject) => {
        const id = next++;
        waiting.set(id, { resolve, reject });
        if (outgoing.push({ ...task, id }) === 1) setImmediate(flush);
      }),
    stop: async () => {
      isStopped = true;
      await worker.terminate();
    },
  };
}
