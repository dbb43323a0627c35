import type * as v from 'valibot';
import { toBase64Url } from '#lib/crypto/encoding.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import { SCHEMA } from '#lib/changes/change.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import type { Role } from '#lib/protocol/roles.ts';
import { peopleResponse } from '#lib/protocol/wire-people.ts';
import type { Certificate } from '#lib/protocol/wire-values.ts';
import { pullResponse, pushResponse, type Cursors, type PushResponse } from '#lib/protocol/wire.ts';
import type { CursorRow } from '../db/database.ts';
import { acknowledge, outgoing, renumber, requeueMissing, type Outgoing } from '../db/queue.ts';
import { refold } from '../db/refold.ts';
import { receive } from '../db/receive.ts';
import { openGroup } from '../db/open-group.ts';
import type { RecordStore } from '../db/record-store.ts';
import { startOver } from '../db/start-over.ts';
import { storageError } from '../db/storage-error.ts';
import { placeToAskAgain } from '../db/unread.ts';
import { sealAnew } from './seal-anew.ts';
import { sealToServer, type ServerKey } from './signed-groups.ts';
import { loadSnapshot, type Progress, type SnapshotTrust } from './load-snapshot.ts';
import type { Signers } from './signers.ts';
import { readPage, takeOver, type Exchange } from './take-over.ts';
import { refusal, type RoundOutcome } from './outcome.ts';
import type { Answered, Transport } from './transport.ts';

/** What a round needs of the unlocked device. */
export interface Party {
  readonly store: RecordStore;
  readonly transport: Transport;
  readonly fullToken: string;
  readonly serverKey: ServerKey;
  /** Absent where nobody else's groups can come (tests): then nothing is asked about them. */
  readonly signers?: Signers;
  readonly rights?: Rights;
  /** Absent: no snapshot is believed, and everything is pulled. */
  readonly trust?: SnapshotTrust;
  /** Told while a snapshot is loaded; undefined: it is here. */
  readonly onProgress?: (progress: Progress | undefined) => void;
  /** Aborted when the device locks: no answer is waited for any more. */
  readonly signal?: AbortSignal;
}

/** What the person behind this device may do, as far as it knows. */
export interface Rights {
  readonly role: Role;
  noteRole(role: Role): Promise<void>;
}

/** Far more than any sound exchange takes: a server that never says "that is all" is not believed. */
const MOST_EXCHANGES = 2_000;

/**
 * What goes into one push: a slow line (30 KB/s) carries it before patience ends, and proxies that
 * take a megabyte let it through.
 */
const AT_ONCE = { envelopes: LIMITS.envelopesInPush, bytes: LIMITS.bodyBytes / 8 };

/** Pushes what is only here and pulls what is only there, until neither side has more. */
export async function syncRound(party: Party): Promise<RoundOutcome> {
  try {
    return await exchangeAll(party);
  } catch (thrown) {
    return { type: 'storage', reason: storageError(thrown).reason };
  }
}

async function exchangeAll(party: Party): Promise<RoundOutcome> {
  const { store } = party;
  const sealed = await sealAnew(store, party.serverKey);
  if (!sealed.ok) return { type: 'storage', reason: sealed.error.reason };
  let isSnapshotOver = false;
  let isAnew = false;
  let most: { readonly envelopes: number; readonly bytes: number } = AT_ONCE;
  for (let exchange = 0; exchange < MOST_EXCHANGES; exchange++) {
    const next = await outgoing(store.db, most);
    if (!next) return { type: 'done' };
    if (next.cursors.length === 0 && !isSnapshotOver) {
      const loaded = await loadSnapshot(party, () => pushWaiting(party));
      if (typeof loaded === 'object' && !isShutOut(loaded)) return loaded;
      isSnapshotOver = true;
      if (loaded === 'done') continue;
    }
    const { isMore, ...outcome }: Exchange = await (next.rows.length > 0
      ? pushOnce(party, next)
      : pullOnce(party, next));
    if (isTooLarge(outcome) && next.rows.length > 1) {
      most = { ...most, envelopes: Math.ceil(next.rows.length / 2) };
      continue;
    }
    if (outcome.type !== 'done') return outcome;
    if (isMore) continue;
    const requeued = await requeueMissing(store, (signed) => sealToServer(signed, party.serverKey));
    if (!requeued.ok) return { type: 'storage', reason: requeued.error.reason };
    if (requeued.value > 0) continue;
    // Records that only an older version folded are given anew; what waits here stays (S6).
    if (store.isOutdated && !isAnew) {
      const over = await startOver(store, []);
      if (!over.ok) return { type: 'storage', reason: over.error.reason };
      isAnew = true;
      isSnapshotOver = false;
      continue;
    }
    await askAgain(party, next);
    await askWhoSigned(party);
    return outcome;
  }
  return { type: 'refused', code: 'endless' };
}

/** Somebody on the way takes less at once than was sent: half of it may pass. */
const isTooLarge = (outcome: RoundOutcome): boolean =>
  outcome.type === 'refused' && outcome.code === 'too_large';

/** A device that was ended gets no snapshot; what that means it hears when it pushes and pulls (S6). */
const isShutOut = (outcome: RoundOutcome): boolean =>
  outcome.type === 'revoked' || (outcome.type === 'refused' && outcome.code === 'forbidden');

/** What is logged while a snapshot loads goes out meanwhile; whether it could, the next round sees. */
async function pushWaiting(party: Party): Promise<void> {
  const next = await outgoing(party.store.db, AT_ONCE);
  if (next && next.rows.length > 0) await pushOnce(party, next, 'only');
}

/** `only`: nothing shall be pulled along. */
async function pushOnce(party: Party, next: Outgoing, only?: 'only'): Promise<Exchange> {
  const { replica, epoch } = next.transport;
  const certificates = await signersOf(party, next);
  const request = {
    epoch,
    replica,
    from: next.rows[0]?.n ?? 1,
    envelopes: next.rows.map((row) => toBase64Url(row.envelope)),
    ...(only ? {} : { cursors: cursorsOf(next.cursors) }),
    schema: SCHEMA,
    ...(certificates.length > 0 ? { certificates } : {}),
  };
  const answered = await ask(party, PATHS.push, request, pushResponse);
  if (answered.type !== 'answer') return refusal(answered);
  const { body } = answered;
  const isRenumbered = await noteAnswer(party.store, next, body);
  // Only a device that was ended is given nothing: it hears so when it pulls.
  if (!body.pulled) return { type: 'done', isMore: true };
  const pulled = await takeOver(party, next, body.pulled);
  if (pulled.type !== 'done') return pulled;
  return { ...pulled, isMore: next.isMore || isRenumbered || pulled.isMore === true };
}

async function pullOnce(party: Party, next: Outgoing): Promise<Exchange> {
  const { epoch, replica } = next.transport;
  const request = { epoch, cursors: cursorsOf(next.cursors), schema: SCHEMA };
  const answered = await ask(party, PATHS.pull, request, pullResponse);
  if (answered.type !== 'answer') return refusal(answered);
  const met = clocks(answered.body.serverTime);
  await acknowledge(party.store.db, { replica, acked: 0, quarantined: [], ...met });
  return takeOver(party, next, answered.body);
}

/** Whoever signed what is sent again for others (S7); of own groups the server needs nothing. */
async function signersOf(
  { store, signers }: Party,
  { rows }: Outgoing,
): Promise<readonly Certificate[]> {
  if (!signers) return [];
  const stored = await store.db.groups.bulkGet(rows.map((row) => row.group));
  const opened = await Promise.all(stored.flatMap((row) => (row ? [openGroup(store, row)] : [])));
  return signers.of(opened.flatMap((one) => (one ? [one.group] : [])));
}

async function askWhoSigned({ signers, transport, fullToken, signal }: Party): Promise<void> {
  if (!signers?.isAskingDue) return;
  const answered = await transport.get(PATHS.people, fullToken, peopleResponse, signal);
  if (answered.type === 'answer' && !signal?.aborted)
    await signers.learn(answered.body.certificates);
}

/** Once a day: what came and could not be read is asked for again, in case it came damaged. */
async function askAgain(party: Party, { transport, cursors }: Outgoing): Promise<void> {
  const { store } = party;
  const place = await placeToAskAgain(store, Date.now());
  if (!place) return;
  const { stream, seq, id } = place;
  const wanted = { ...cursorsOf(cursors), [stream]: { seq, id } };
  const request = { epoch: transport.epoch, cursors: wanted, schema: SCHEMA };
  const answered = await ask(party, PATHS.pull, request, pullResponse);
  if (answered.type !== 'answer') return;
  const page = answered.body.streams[stream];
  if (page) await receive(store, readPage(page.groups, stream, place));
}

/** An answer that comes after the device was locked is none: nothing is written any more. */
async function ask<T>(
  { transport, fullToken, signal }: Party,
  path: string,
  request: unknown,
  schema: v.GenericSchema<unknown, T>,
): Promise<Answered<T>> {
  const answered = await transport.post(path, fullToken, request, schema, signal);
  return signal?.aborted ? { type: 'offline' } : answered;
}

/** Whether the queue has new numbers: a fork, or the server lacks numbers that left the queue. */
async function noteAnswer(
  store: RecordStore,
  next: Outgoing,
  body: PushResponse,
): Promise<boolean> {
  if (body.fork !== undefined || body.gap !== undefined) {
    await renumber(store.db);
    return true;
  }
  const aside = await acknowledge(store.db, {
    replica: next.transport.replica,
    // Numbers beyond those that were sent may be of another device that was this one's copy.
    acked: Math.min(body.acked ?? 0, next.rows.at(-1)?.n ?? 0),
    quarantined: body.quarantined,
    ...clocks(body.serverTime),
  });
  if (aside.length > 0) await refold(store);
  return false;
}

function clocks(serverTime: string): { at: string; clockAhead: number } {
  const now = Date.now();
  return { at: new Date(now).toISOString(), clockAhead: now - Date.parse(serverTime) };
}

function cursorsOf(rows: readonly CursorRow[]): Cursors {
  return Object.fromEntries(rows.map(({ stream, seq, id }) => [stream, { seq, id }]));
}
