import { randomShortId } from '#lib/crypto/random.ts';
import type { Result } from '#lib/domain/result.ts';
import type { CursorRow, DeviceDatabase, QueueRow, TransportRow } from './database.ts';
import { enqueue } from './group-rows.ts';
import { openGroup } from './open-group.ts';
import { doubtAcknowledged } from './queue-state.ts';
import type { RecordStore } from './record-store.ts';
import type { StorageError } from './storage-error.ts';

export interface Outgoing {
  readonly transport: TransportRow;
  readonly cursors: readonly CursorRow[];
  /** Consecutive numbers of the transport's replica, the first ones not acknowledged. */
  readonly rows: readonly QueueRow[];
  readonly isMore: boolean;
}

/** What to send next, at most so many envelopes and bytes. */
export async function outgoing(
  db: DeviceDatabase,
  most: { readonly envelopes: number; readonly bytes: number },
): Promise<Outgoing | undefined> {
  return db.transaction('r', [db.queue, db.transport, db.cursors], async () => {
    const transport = await db.transport.get('transport');
    if (!transport) return undefined;
    const { replica } = transport;
    const waiting = await db.queue
      .where('[replica+n]')
      .between([replica, 0], [replica, Infinity])
      .and((row) => row.acked === 0)
      .limit(most.envelopes + 1)
      .toArray();
    const rows: QueueRow[] = [];
    let size = 0;
    for (const row of waiting) {
      const isNext = rows.length === 0 || row.n === (rows.at(-1)?.n ?? 0) + 1;
      if (!isNext || rows.length >= most.envelopes || (size > 0 && size + row.size > most.bytes)) {
        break;
      }
      rows.push(row);
      size += row.size;
    }
    const cursors = await db.cursors.toArray();
    return { transport, cursors, rows, isMore: rows.length < waiting.length };
  });
}

export interface Answer {
  readonly replica: string;
  /** All numbers up to this one are recorded. */
  readonly acked: number;
  readonly quarantined: readonly {
    readonly id: string;
    readonly n?: number;
    readonly code: string;
  }[];
  readonly at: string;
  /** Milliseconds by which this device's clock is ahead of the server's. */
  readonly clockAhead?: number;
}

/**
 * Notes what the server answered. A group leaves the queue when it is acknowledged and was pulled
 * back, or is set aside by the server and from then on stands under "needs attention" (S2).
 */
export async function acknowledge(db: DeviceDatabase, answer: Answer): Promise<readonly string[]> {
  const { replica, acked } = answer;
  return db.transaction('rw', [db.queue, db.groups, db.attention, db.transport], async () => {
    const rows = await db.queue
      .where('[replica+n]')
      .between([replica, 0], [replica, acked], true, true)
      .toArray();
    const codeOf = new Map<string, string>();
    for (const { id, n, code } of answer.quarantined) {
      const row = rows.find((one) => one.group === id || one.n === n);
      if (row) codeOf.set(row.group, code);
    }
    const stored = await db.groups.bulkGet(rows.map((row) => row.group));
    const leaving: [string, number][] = [];
    const staying: QueueRow[] = [];
    rows.forEach((row, index) => {
      if (codeOf.has(row.group) || stored[index]?.confirmed === 1) leaving.push([replica, row.n]);
      else if (row.acked === 0) staying.push({ ...row, acked: 1 });
    });
    await db.queue.bulkDelete(leaving);
    await db.queue.bulkPut(staying);
    await db.attention.bulkPut([...codeOf].map(([group, code]) => ({ group, code })));
    const transport = await db.transport.get('transport');
    const clock = answer.clockAhead === undefined ? {} : { clockAhead: answer.clockAhead };
    if (transport) await db.transport.put({ ...transport, lastContact: answer.at, ...clock });
    return [...codeOf.keys()];
  });
}

/** Starts pulling from the beginning: the server has another past than this device saw (S7). */
export async function rewind(db: DeviceDatabase, epoch: string): Promise<void> {
  await db.transaction('rw', [db.cursors, db.groups, db.queue, db.transport], async () => {
    // From its beginning, and not from a snapshot: only whole groups tell what the server has.
    await db.cursors.bulkPut(
      (await db.cursors.toArray()).map(({ stream }) => ({ stream, seq: 0, id: '' })),
    );
    await db.groups.where('confirmed').equals(1).modify({ confirmed: 0 });
    await doubtAcknowledged(db);
    const transport = await db.transport.get('transport');
    if (transport) await db.transport.put({ ...transport, epoch });
  });
}

/**
 * After everything was pulled: groups that the server did not give, and that are not on their way
 * to it, go to it again, foreign ones too (S7). How many those were.
 */
export async function requeueMissing(
  store: RecordStore,
  seal: (signed: Uint8Array) => Promise<Uint8Array>,
): Promise<Result<number, StorageError>> {
  const { db } = store;
  return store.inTurn(async () => {
    const unconfirmed = await db.groups.where('confirmed').equals(0).toArray();
    const underway = new Set((await db.queue.toArray()).map((row) => row.group));
    for (const { group } of await db.attention.toArray()) underway.add(group);
    const missing = unconfirmed.filter((row) => !underway.has(row.id)).sort((a, b) => a.at - b.at);
    if (missing.length === 0) return 0;
    const envelopes: { group: string; envelope: Uint8Array }[] = [];
    for (const row of missing) {
      const opened = await openGroup(store, row);
      if (opened) envelopes.push({ group: row.id, envelope: await seal(opened.signed) });
    }
    await db.transaction('rw', [db.queue, db.transport], () => enqueue(db, envelopes));
    return envelopes.length;
  });
}

/**
 * Another replica, its numbers anew from 1, the same groups: after a fork, or where the server lost
 * numbers that it had acknowledged. The server knows by id what it has.
 */
export async function renumber(db: DeviceDatabase): Promise<void> {
  await db.transaction('rw', [db.queue, db.transport], async () => {
    const transport = await db.transport.get('transport');
    if (!transport) return;
    const rows = await db.queue.orderBy('[replica+n]').toArray();
    const replica = randomShortId();
    await db.queue.clear();
    await db.queue.bulkAdd(
      rows.map((row, index) => ({ ...row, replica, n: index + 1, acked: 0 as const })),
    );
    await db.transport.put({ ...transport, replica, n: rows.length });
  });
}
