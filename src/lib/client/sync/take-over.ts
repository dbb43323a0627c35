import type { Stream } from '#lib/changes/change.ts';
import { fromBase64Url, toUtf8 } from '#lib/crypto/encoding.ts';
import { mayRead } from '#lib/protocol/rights.ts';
import type { Role } from '#lib/protocol/roles.ts';
import type { Cursor, PullResponse } from '#lib/protocol/wire.ts';
import type { SignedGroupOf } from '../db/group-rows.ts';
import { rewind, type Outgoing } from '../db/queue.ts';
import { receive, type UnreadGroup } from '../db/receive.ts';
import { startOver, waitsToComeBack } from '../db/start-over.ts';
import { idOfUnread } from '../db/unread.ts';
import type { RoundOutcome } from './outcome.ts';
import type { Party } from './round.ts';
import { readSigned } from './signed-groups.ts';

export type Exchange = RoundOutcome & { readonly isMore?: boolean };

const STREAMS: readonly Stream[] = ['log', 'movements'];
const START: Cursor = { seq: 0, id: '' };

/** Takes over what was pulled, each page with its cursor; `isMore`: the server has more to give. */
export async function takeOver(
  party: Party,
  next: Outgoing,
  pulled: PullResponse,
): Promise<Exchange> {
  const { store } = party;
  if (pulled.epoch !== next.transport.epoch || pulled.rewind.length > 0) {
    await rewind(store.db, pulled.epoch);
    return { type: 'done', isMore: true };
  }
  const changed = await changedRights(party, next, pulled);
  if (changed) return changed;
  let isMore = false;
  for (const stream of STREAMS) {
    const page = pulled.streams[stream];
    if (!page) continue;
    isMore ||= page.more;
    const before = next.cursors.find((row) => row.stream === stream);
    const isNews =
      page.groups.length > 0 || before?.seq !== page.cursor.seq || before.id !== page.cursor.id;
    if (!isNews) continue;
    const read = readPage(page.groups, stream, before ?? START);
    const received = await receive(store, { ...read, cursor: { stream, ...page.cursor } });
    if (!received.ok) return { type: 'storage', reason: received.error.reason };
    await party.signers?.note(read.groups);
  }
  return { type: 'done', isMore };
}

const READS = ['none', 'own', 'all'] as const;

/**
 * The person may read less, or more, than before. Less: what waits is pushed first, while the device
 * still holds what it is about; then what it was given leaves, and what may be read comes again.
 * More: `movements` is pulled from its beginning. `undefined`: nothing of the kind.
 */
async function changedRights(
  { store, rights }: Party,
  { rows }: Outgoing,
  { gone, role }: PullResponse,
): Promise<Exchange | undefined> {
  const readOf = (of: Role): number => READS.indexOf(mayRead(of, 'movements'));
  const gain = rights && role ? readOf(role) - readOf(rights.role) : 0;
  if (gone.length === 0 && gain === 0) {
    if (role) await rights?.noteRole(role);
    // What was still under way when the right ended has arrived, and can never be pulled back.
    const isStranded = role && readOf(role) === 0 && (await waitsToComeBack(store, 'movements'));
    if (!isStranded) return undefined;
    const left = await startOver(store, ['movements']);
    return left.ok
      ? { type: 'done', isMore: true }
      : { type: 'storage', reason: left.error.reason };
  }
  if (gain > 0) await store.db.cursors.delete('movements');
  else {
    if (rows.length > 0) return { type: 'done', isMore: true };
    const left = await startOver(store, gone);
    if (!left.ok) return { type: 'storage', reason: left.error.reason };
  }
  if (role) await rights?.noteRole(role);
  return { type: 'done', isMore: true };
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
