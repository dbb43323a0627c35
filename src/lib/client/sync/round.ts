import type { Stream } from '#lib/changes/change.ts';
import { fromBase64Url, toBase64Url } from '#lib/crypto/encoding.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import { PATHS, SCHEMA } from '#lib/protocol/paths.ts';
import {
  pullResponse,
  pushResponse,
  type Cursors,
  type PullResponse,
  type PushResponse,
} from '#lib/protocol/wire.ts';
import type { CursorRow } from '../db/database.ts';
import { renumber } from '../db/group-rows.ts';
import {
  acknowledge,
  outgoing,
  queueState,
  refold,
  requeueMissing,
  rewind,
  type Outgoing,
} from '../db/queue.ts';
import { receive } from '../db/receive.ts';
import type { RecordStore } from '../db/record-store.ts';
import { storageError } from '../db/storage-error.ts';
import { readSigned, sealToServer, type ServerKey } from './signed-groups.ts';
import type { Transport } from './transport.ts';

/** What a round needs of the unlocked device. */
export interface Party {
  readonly store: RecordStore;
  readonly transport: Transport;
  readonly fullToken: string;
  readonly serverKey: ServerKey;
}

export type RoundOutcome =
  | { readonly type: 'done'; readonly clockAhead?: number }
  | { readonly type: 'offline' }
  | { readonly type: 'unauthorised' }
  | { readonly type: 'revoked'; readonly as: 'leaving' | 'lost' | undefined }
  | { readonly type: 'refused'; readonly code: string }
  | { readonly type: 'storage'; readonly reason: string };

/** Far more than any sound exchange takes: a server that never says "that is all" is not believed. */
const MOST_EXCHANGES = 2_000;
const STREAMS: readonly Stream[] = ['log', 'movements'];

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
  for (let exchange = 0; exchange < MOST_EXCHANGES; exchange++) {
    const next = await outgoing(store.db, {
      envelopes: LIMITS.envelopesInPush,
      bytes: LIMITS.bodyBytes / 2,
    });
    if (!next) return { type: 'done' };
    const { isMore, ...outcome }: Exchange = await (next.rows.length > 0
      ? pushOnce(party, next)
      : pullOnce(party, next));
    if (await hasLastWord(store, next, outcome)) continue;
    if (outcome.type !== 'done') return outcome;
    if (isMore) continue;
    const requeued = await requeueMissing(store, (signed) => sealToServer(signed, party.serverKey));
    if (!requeued.ok) return { type: 'storage', reason: requeued.error.reason };
    if (requeued.value === 0) return outcome;
  }
  return { type: 'refused', code: 'endless' };
}

/**
 * A device that is leaving wipes itself, but not while something waits that the server still takes
 * from it (S6): what was saved since the last push goes first.
 */
async function hasLastWord(
  store: RecordStore,
  next: Outgoing,
  outcome: RoundOutcome,
): Promise<boolean> {
  if (outcome.type !== 'revoked' || outcome.as !== 'leaving' || next.rows.length > 0) return false;
  return (await queueState(store.db)).unsent > 0;
}

type Exchange = RoundOutcome & { readonly isMore?: boolean };

async function pushOnce(party: Party, next: Outgoing): Promise<Exchange> {
  const { replica, epoch } = next.transport;
  const answered = await party.transport.post(
    PATHS.push,
    party.fullToken,
    {
      epoch,
      replica,
      from: next.rows[0]?.n ?? 1,
      envelopes: next.rows.map((row) => toBase64Url(row.envelope)),
      cursors: cursorsOf(next.cursors),
      schema: SCHEMA,
    },
    pushResponse,
  );
  if (answered.type === 'offline') return answered;
  if (answered.type === 'refused') return refusal(answered);
  const { body } = answered;
  const isRenumbered = await noteAnswer(party.store, next, body);
  if (!body.pulled) return { type: 'done', isMore: next.isMore || isRenumbered };
  const pulled = await takeOver(party.store, next, body.pulled);
  if (pulled.type !== 'done') return pulled;
  return { ...pulled, isMore: next.isMore || isRenumbered || pulled.isMore === true };
}

async function pullOnce(party: Party, next: Outgoing): Promise<Exchange> {
  const { epoch } = next.transport;
  const request = { epoch, cursors: cursorsOf(next.cursors), schema: SCHEMA };
  const answered = await party.transport.post(PATHS.pull, party.fullToken, request, pullResponse);
  if (answered.type === 'offline') return answered;
  if (answered.type === 'refused') return refusal(answered);
  const { replica } = next.transport;
  const at = new Date().toISOString();
  await acknowledge(party.store.db, { replica, acked: 0, quarantined: [], at });
  return takeOver(party.store, next, answered.body);
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
    at: new Date().toISOString(),
  });
  if (aside.length > 0) await refold(store);
  return false;
}

async function takeOver(
  store: RecordStore,
  { transport, cursors }: Outgoing,
  pulled: PullResponse,
): Promise<Exchange> {
  if (pulled.epoch !== transport.epoch || pulled.rewind.length > 0) {
    await rewind(store.db, pulled.epoch);
    return { type: 'done', isMore: true };
  }
  for (const stream of pulled.gone) await store.db.cursors.delete(stream);
  let isMore = false;
  for (const stream of STREAMS) {
    const page = pulled.streams[stream];
    if (!page) continue;
    isMore ||= page.more;
    const before = cursors.find((row) => row.stream === stream);
    const isNews = page.groups.length > 0 || before?.seq !== page.cursor.seq;
    if (!isNews) continue;
    const groups = page.groups.flatMap((text) => {
      const signed = fromBase64Url(text);
      const group = signed ? readSigned(signed) : undefined;
      return signed && group ? [{ signed, group }] : [];
    });
    const received = await receive(store, { groups, stream, cursor: page.cursor });
    if (!received.ok) return { type: 'storage', reason: received.error.reason };
  }
  return { type: 'done', isMore, clockAhead: Date.now() - Date.parse(pulled.serverTime) };
}

function cursorsOf(rows: readonly CursorRow[]): Cursors {
  return Object.fromEntries(rows.map(({ stream, seq, id }) => [stream, { seq, id }]));
}

function refusal({ code, as }: { code: string; as?: 'leaving' | 'lost' }): RoundOutcome {
  if (code === 'revoked') return { type: 'revoked', as };
  return code === 'unauthorised' ? { type: 'unauthorised' } : { type: 'refused', code };
}
