import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { SCHEMA } from '#lib/changes/change.ts';
import { mayRead } from '#lib/protocol/rights.ts';
import type { Role } from '#lib/protocol/roles.ts';
import { isReadable, schemaOf, SNAPSHOT_FORMAT } from '#lib/protocol/snapshot-codec.ts';
import type {
  SnapshotManifest,
  SnapshotRequest,
  SnapshotResponse,
} from '#lib/protocol/wire-records.ts';
import { MINUTE, type Clock } from '../clock.ts';
import type { Caller } from '../people/tokens.ts';
import type { Store, StorePlace } from '../store/store.ts';
import { STREAMS_OF, type Audience } from './fold-streams.ts';
import type { SnapshotTask } from './snapshot.worker.ts';

type Reader = Pick<Caller, 'operation' | 'role'>;

/** What new devices begin with: made in a worker thread, one at a time, and kept in the store. */
export interface Snapshots {
  /** The newest that this reader may have; a newer one is made where it has become too old. */
  offer(
    reader: Reader,
    asked: SnapshotRequest,
  ): Promise<Pick<SnapshotResponse, 'snapshot' | 'wait'>>;
  /** A part, compressed; null where it is not there or not this reader's. */
  part(reader: Reader, snapshot: string, part: number): Promise<Uint8Array | null>;
  /** Makes what is due. Called now and then, so that a new device need not wait. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

export interface SnapshotOptions {
  readonly store: Store;
  readonly place: StorePlace;
  /** Groups under which pulling is as quick. */
  readonly from: number;
  /** What making one may take of the memory: beyond it that thread ends, and nothing else. */
  readonly megabytes: number;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A newer one is made when what came since is this share of everything. */
const GROWTH = 0.1;
/** Seconds after which a device that waits asks again. */
const WAIT = 5;
const PAUSE_AFTER_FAILURE = 5 * MINUTE;

export function createSnapshots(options: SnapshotOptions): Snapshots {
  const { store, place, from, megabytes, clock, log } = options;
  const { resolve } = createRequire(import.meta.url);
  let running: { readonly worker: Worker; readonly ended: Promise<void> } | null = null;
  let pausedUntil = 0;
  let isStopped = false;

  /**
   * The newest by what it holds, whatever the clock said, unless another version of the application
   * folded or wrote it: then one is made anew.
   */
  async function newest(operation: string, audience: Audience) {
    const row = await store.db
      .selectFrom('snapshots')
      .selectAll()
      .where('operation', '=', operation)
      .where('audience', '=', audience)
      .orderBy('log', 'desc')
      .orderBy('movements', 'desc')
      .orderBy('createdAt', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!row) return undefined;
    const manifest = JSON.parse(row.manifest) as SnapshotManifest;
    const isOfToday = schemaOf(manifest) === SCHEMA && isReadable(manifest);
    return isOfToday ? { ...row, manifest } : undefined;
  }

  /** `last` as its caller read it: one that was stored since then would make both say no. */
  async function isDue(
    operation: string,
    audience: Audience,
    last: Awaited<ReturnType<typeof newest>>,
  ): Promise<boolean> {
    const counter = await store.db
      .selectFrom('counters')
      .selectAll()
      .where('operation', '=', operation)
      .executeTakeFirst();
    const streams = STREAMS_OF[audience];
    const total = streams.reduce((sum, stream) => sum + (counter?.[stream] ?? 0), 0);
    if (total < from) return false;
    const had = last ? streams.reduce((sum, stream) => sum + last[stream], 0) : 0;
    return !last || (total - had >= from && total - had >= total * GROWTH);
  }

  /** Starts making one; false while another is being made, or soon after a failure. */
  function make(operation: string, audience: Audience): boolean {
    if (running || clock() < pausedUntil) return false;
    const task: SnapshotTask = { place, operation, audience, now: clock() };
    // By its name in the package: the server may be bundled, the worker never is.
    const file = resolve('#lib/server/snapshots/snapshot.worker.ts');
    const worker = new Worker(file, {
      workerData: task,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    });
    worker.unref();
    const ended = new Promise<void>((done) => {
      // Until the next try devices pull: slower, and nothing is missing. A thread that ran out of
      // memory throws, and may end with 0; one that was ended from within throws nothing.
      const failed = (error: unknown): void => {
        pausedUntil = clock() + PAUSE_AFTER_FAILURE;
        log.error({ err: error }, 'snapshot failed');
      };
      worker.once('error', failed);
      worker.once('exit', (code) => {
        if (code !== 0 && !isStopped) failed(new Error(`the thread ended with ${code}`));
        running = null;
        done();
      });
    });
    running = { worker, ended };
    return true;
  }

  return {
    offer: async ({ operation, role }, { schema, format }) => {
      // An older application pulls: it reads groups of any time, and folded records of its own.
      if (schema < SCHEMA || format !== SNAPSHOT_FORMAT) return { snapshot: null, wait: null };
      const audience = audienceOf(role);
      const last = await newest(operation, audience);
      const due = await isDue(operation, audience, last);
      if (due) make(operation, audience);
      if (last) return { snapshot: last.manifest, wait: null };
      return { snapshot: null, wait: due && running ? WAIT : null };
    },
    part: async ({ operation, role }, snapshot, part) => {
      const row = await store.db
        .selectFrom('snapshotParts')
        .innerJoin('snapshots', 'snapshots.id', 'snapshotParts.snapshot')
        .select('snapshotParts.bytes')
        .where('snapshots.id', '=', snapshot)
        .where('snapshots.operation', '=', operation)
        .where('snapshots.audience', 'in', ['log', audienceOf(role)])
        .where('snapshotParts.part', '=', part)
        .executeTakeFirst();
      return row?.bytes ?? null;
    },
    refresh: async () => {
      const operations = await store.db.selectFrom('counters').select('operation').execute();
      for (const { operation } of operations) {
        for (const audience of ['log', 'all'] as const) {
          if (running) return;
          const last = await newest(operation, audience);
          if (await isDue(operation, audience, last)) make(operation, audience);
        }
      }
    },
    stop: async () => {
      isStopped = true;
      await running?.worker.terminate();
    },
  };
}

/** Who reads all of `movements` gets both streams in one. */
const audienceOf = (role: Role): Audience => (mayRead(role, 'movements') === 'all' ? 'all' : 'log');
