import type { Stream } from '#lib/changes/change.ts';
import { fromBase64Url, toUtf8 } from '#lib/crypto/encoding.ts';
import type { Cursor, PullResponse } from '#lib/protocol/wire.ts';
import type { SignedGroupOf } from '../db/group-rows.ts';
import { rewind, type Outgoing } from '../db/queue.ts';
import { receive, type UnreadGroup } from '../db/receive.ts';
import type { RecordStore } from '../db/record-store.ts';
import { startOver } from '../db/start-over.ts';
import { idOfUnread } from '../db/unread.ts';
import type { RoundOutcome } from './round.ts';
import { readSigned } from './signed-groups.ts';

export type Exchange = RoundOutcome & { readonly isMore?: boolean };

const STREAMS: readonly Stream[] = ['log', 'movements'];
const START: Cursor = { seq: 0, id: '' };

/** Takes over what was pulled, each page with its cursor; `isMore`: the server has more to give. */
export async function takeOver(
  store: RecordStore,
  { transport, cursors, rows }: Outgoing,
  pulled: PullResponse,
): Promise<Exchange> {
  if (pulled.epoch !== transport.epoch || pulled.rewind.length > 0) {
    await rewind(store.db, pulled.epoch);
    return { type: 'done', isMore: true };
  }
  if (pulled.gone.length > 0) {
    // What waits goes first, while the device still holds what it is about.
    if (rows.length > 0) return { type: 'done', isMore: true };
    const left = await startOver(store, pulled.gone);
    return left.ok
      ? { type: 'done', isMore: true }
      : { type: 'storage', reason: left.error.reason };
  }
  let isMore = false;
  for (const stream of STREAMS) {
    const page = pulled.streams[stream];
    if (!page) continue;
    isMore ||= page.more;
    const before = cursors.find((row) => row.stream === stream) ?? START;
    const isNews =
      page.groups.length > 0 || before.seq !== page.cursor.seq || before.id !== page.cursor.id;
    if (!isNews) continue;
    const read = readPage(page.groups, stream, before);
    const received = await receive(store, { ...read, cursor: { stream, ...page.cursor } });
    if (!received.ok) return { type: 'storage', reason: received.error.reason };
  }
  return { type: 'done', isMore };
}

/** The groups of a page, and apart those that cannot be read here: none is passed over. */
export function readPage(
  texts: readonly string[],
  stream: Stream,
  after: Cursor,
): { groups: SignedGroupOf[]; unread: UnreadGroup[] } {
  const groups: SignedGroupOf[] = [];
  const unread: UnreadGroup[] = [];
  const asked = new Date().toISOString();
  for (const text of texts) {
    const signed = fromBase64Url(text) ?? toUtf8(text);
    const group = readSigned(signed);
    if (group) groups.push({ group, signed });
    else {
      const { seq, id } = after;
      unread.push({ id: idOfUnread(signed), stream, after: { seq, id }, asked, signed });
    }
  }
  return { groups, unread };
}
