import { randomShortId } from '#lib/crypto/random.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { CounterRow, CursorRow, DeviceDatabase, QueueRow } from './device-database.ts';
import { toStoreFailure, type StoreFailure } from './failures.ts';

/** The queue as it can be used without the key: a locked phone sends what it holds. */

export interface Waiting {
  readonly counters: CounterRow;
  readonly cursors: readonly CursorRow[];
  readonly pushToken: string;
  /** Not yet acknowledged, in order, consecutive. */
  readonly rows: readonly QueueRow[];
}

/** What would be sent now: at most so many envelopes and bytes (one envelope always). */
export async function readWaiting(
  database: DeviceDatabase,
  most: { readonly envelopes: number; readonly bytes: number },
): Promise<Result<Waiting | undefined, StoreFailure>> {
  try {
    return ok(
      await database.transaction(
        'r',
        [database.vault, database.counters, database.cursors, database.queue],
        async () => {
          const [vault, counters] = await Promise.all([
            database.vault.get('device'),
            database.counters.get('device'),
          ]);
          if (!vault || !counters) return undefined;
          const rows: QueueRow[] = [];
          let size = 0;
          await database.queue
            .where('n')
            .above(counters.acked)
            .until((row) => {
              const isFull = rows.length >= most.envelopes || size + row.size > most.bytes;
              return isFull && rows.length > 0;
            })
            .each((row) => {
              rows.push(row);
              size += row.size;
            });
          const cursors = await database.cursors.toArray();
          return { counters, cursors, pushToken: vault.pushToken, rows };
        },
      ),
    );
  } catch (cause) {
    return err(toStoreFailure(cause));
  }
}

/** Groups in the queue: acknowledged ones leave it only when they were pulled back too (S2). */
export async function countWaiting(
  database: DeviceDatabase,
): Promise<{ readonly unsent: number; readonly attention: number }> {
  return database.transaction(
    'r',
    [database.counters, database.queue, database.attention],
    async () => {
      const counters = await database.counters.get('device');
      const unsent = await database.queue
        .where('n')
        .above(counters?.acked ?? 0)
        .count();
      return { unsent, attention: await database.attention.count() };
    },
  );
}

export interface PushResult {
  readonly replica: string;
  readonly acked?: number | undefined;
  readonly gap?: number | undefined;
  readonly fork?: number | undefined;
  readonly quarantined: readonly {
    readonly id: string;
    readonly n?: number | undefined;
    readonly code: string;
  }[];
  readonly epoch?: string | undefined;
  readonly serverTime: string;
  readonly now: number;
}

/**
 * Keeps what the server answered: what is acknowledged, what it set aside (S2), and new numbers where
 * it says that ours are taken (`fork`) or that it lacks numbers we no longer have (`gap`).
 */
export async function keepPushResult(
  database: DeviceDatabase,
  result: PushResult,
): Promise<Result<void, StoreFailure>> {
  const serverTime = Date.parse(result.serverTime);
  try {
    await database.transaction(
      'rw',
      [database.counters, database.queue, database.attention],
      async () => {
        const counters = await database.counters.get('device');
        if (!counters || counters.replica !== result.replica) return;
        for (const { id, n, code } of result.quarantined) {
          const row = n === undefined ? undefined : await database.queue.get(n);
          const group = row?.group ?? id;
          await database.attention.put({ group, code });
          await database.queue.where('group').equals(group).delete();
        }
        const changed: { -readonly [K in keyof CounterRow]?: CounterRow[K] } = {
          lastContact: new Date(result.now).toISOString(),
          roundTripOffset: serverTime - result.now,
        };
        if (result.acked !== undefined) changed.acked = Math.max(counters.acked, result.acked);
        if (result.gap !== undefined || result.fork !== undefined) {
          const first = await database.queue.orderBy('n').first();
          const canGoBack = result.gap !== undefined && (first?.n ?? 0) === result.gap + 1;
          if (canGoBack) changed.acked = result.gap;
          else Object.assign(changed, await numberAnew(database));
        }
        await database.counters.put({ ...counters, ...changed });
      },
    );
    return ok(undefined);
  } catch (cause) {
    return err(toStoreFailure(cause));
  }
}

/** A new replica, the queue numbered from 1: the groups and their ids stay as they are. */
async function numberAnew(
  database: DeviceDatabase,
): Promise<Pick<CounterRow, 'replica' | 'next' | 'acked'>> {
  const rows = await database.queue.orderBy('n').toArray();
  await database.queue.clear();
  await database.queue.bulkAdd(rows.map((row, index) => ({ ...row, n: index + 1 })));
  return { replica: randomShortId(), next: rows.length + 1, acked: 0 };
}
