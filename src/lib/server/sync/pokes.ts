import { mayRead } from '#lib/protocol/rights.ts';
import type { Role } from '#lib/protocol/roles.ts';
import { MINUTE } from '../clock.ts';
import type { Caller } from '../people/tokens.ts';
import type { CounterRow } from '../store/schema.ts';
import { rowsFor } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

/** Open streams that say one thing only: there is more. */
export interface Pokes {
  /** A stream for this device, or null when the server has as many as it can keep. */
  open(caller: Caller): ReadableStream<Uint8Array> | null;
  /** Something was just committed here: look at once. */
  look(): Promise<void>;
  readonly count: () => number;
  close(): void;
}

export interface PokeOptions {
  readonly maxStreams?: number;
  readonly lookEvery?: number;
  readonly keepAlive?: number;
}

interface Listener {
  readonly device: string;
  readonly operation: string;
  /** A logger sees few of the movements: he is poked for `log` alone. */
  hearsMovements: boolean;
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
  readonly openedAt: number;
}

const LOOK_EVERY = 250;
const KEEP_ALIVE = 25_000;
/** A stream ends after this time, so that a device must show a token that still holds. */
const MAX_AGE = 30 * MINUTE;
const MAX_STREAMS = 5_000;

const line = (more: boolean): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify({ more })}\n`);
const MORE = line(true);
const ALIVE = line(false);

/**
 * Looks at the counter rows every 250 ms while somebody listens, whichever process stored
 * something; no notification of the database's own is needed (sync.md, Poke).
 */
export function createPokes(store: Store, options: PokeOptions = {}): Pokes {
  const maxStreams = options.maxStreams ?? MAX_STREAMS;
  const listeners = new Set<Listener>();
  const seen = new Map<string, CounterRow>();
  let timers: NodeJS.Timeout[] = [];
  let looking: Promise<void> | null = null;

  function send(listener: Listener, bytes: Uint8Array): void {
    const room = listener.controller.desiredSize;
    // A slow reader has a poke waiting already: one is enough.
    if (room !== null && room > 0) listener.controller.enqueue(bytes);
  }

  async function readCounters(): Promise<void> {
    const operations = [...new Set([...listeners].map((listener) => listener.operation))];
    if (operations.length === 0) return;
    const rows = await store.db
      .selectFrom('counters')
      .selectAll()
      .where('operation', 'in', operations)
      .execute();
    for (const row of rows) {
      const before = seen.get(row.operation);
      seen.set(row.operation, row);
      tell(row, before);
    }
  }

  /** A counter that went back tells, too: a database that failed over lost its tail (S7). */
  function tell(row: CounterRow, before: CounterRow | undefined): void {
    const log = row.log !== before?.log;
    const movements = row.movements !== before?.movements;
    if (!log && !movements) return;
    for (const listener of listeners) {
      if (listener.operation !== row.operation) continue;
      if (log || listener.hearsMovements) send(listener, MORE);
    }
  }

  function look(): Promise<void> {
    looking ??= readCounters()
      .catch(() => undefined) // the store is away for a moment: the next look tells
      .finally(() => {
        looking = null;
      });
    return looking;
  }

  /** Who was revoked hears nothing more, and who has another role what that role hears. */
  async function readRights(): Promise<void> {
    const rows = await rowsFor(
      [...listeners].map((listener) => listener.device),
      (piece) =>
        store.db
          .selectFrom('devices')
          .innerJoin('members', 'members.id', 'devices.member')
          .select(['devices.id', 'members.role'])
          .where('devices.id', 'in', piece)
          .where('devices.revokedAt', 'is', null)
          .execute(),
    );
    const roles = new Map(rows.map((row) => [row.id, row.role as Role]));
    for (const listener of [...listeners]) {
      const role = roles.get(listener.device);
      if (role) listener.hearsMovements = mayRead(role, 'movements') === 'all';
      else end(listener);
    }
  }

  function keepAlive(): void {
    void readRights().catch(() => undefined); // the store is away for a moment
    const oldest = Date.now() - MAX_AGE;
    for (const listener of listeners) {
      if (listener.openedAt < oldest) end(listener);
      else send(listener, ALIVE);
    }
  }

  function end(listener: Listener): void {
    if (!listeners.delete(listener)) return;
    if (listeners.size === 0) stopTimers();
    try {
      listener.controller.close();
    } catch {
      // Its reader has gone already.
    }
  }

  /** Ends the oldest stream of the device that has most of them; false if none has two. */
  function makeRoom(): boolean {
    const byDevice = Map.groupBy(listeners, (listener) => listener.device);
    const most = [...byDevice.values()].reduce((a, b) => (b.length > a.length ? b : a), []);
    if (most.length < 2 || !most[0]) return false;
    end(most[0]);
    return true;
  }

  function startTimers(): void {
    if (timers.length > 0) return;
    seen.clear();
    timers = [
      setInterval(() => void look(), options.lookEvery ?? LOOK_EVERY),
      setInterval(keepAlive, options.keepAlive ?? KEEP_ALIVE),
    ];
    for (const timer of timers) timer.unref();
    void look();
  }

  function stopTimers(): void {
    for (const timer of timers) clearInterval(timer);
    timers = [];
  }

  return {
    open: (caller) => {
      if (listeners.size >= maxStreams && !makeRoom()) return null;
      let opened: Listener | undefined;
      return new ReadableStream<Uint8Array>(
        {
          start: (controller) => {
            opened = {
              device: caller.device,
              operation: caller.operation,
              hearsMovements: mayRead(caller.role, 'movements') === 'all',
              controller,
              openedAt: Date.now(),
            };
            listeners.add(opened);
            startTimers();
            // Of an operation that nobody heard of yet the first look tells: what comes between it and
            // the pull that follows must not be missed.
            if (seen.has(caller.operation)) controller.enqueue(MORE);
            else void look();
          },
          cancel: () => {
            if (opened) end(opened);
          },
        },
        { highWaterMark: 2 },
      );
    },
    look,
    count: () => listeners.size,
    close: () => {
      for (const listener of [...listeners]) end(listener);
      stopTimers();
    },
  };
}
