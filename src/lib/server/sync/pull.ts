import type { Stream } from '#lib/changes/change.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import { mayRead } from '#lib/protocol/rights.ts';
import type { Cursor, Cursors, PullResponse } from '#lib/protocol/wire.ts';
import type { Caller } from '../people/tokens.ts';
import type { ServerKeys } from '../keys.ts';
import type { Queries, Store } from '../store/store.ts';
import { pageOf, readSigned } from './stored-groups.ts';

const STREAMS: readonly Stream[] = ['log', 'movements'];
type Page = NonNullable<PullResponse['streams']['log']>;

const START: Cursor = { seq: 0, id: '' };
/** Begins the cursors of those who read their own groups alone. */
const OWN = 'own-';

export interface Pull {
  readonly epoch: string;
  readonly cursors: Cursors;
}

/** Where to read, and what makes a cursor tell nothing. */
export interface PullContext {
  readonly store: Pick<Store, 'db'>;
  readonly keys: Pick<ServerKeys, 'blind'>;
}

/**
 * A page of every stream that the caller may read, from where he is. What he sees of a stream is a
 * prefix of its publication order (S4); of `movements` a logger sees his own groups. A cursor that
 * names another past than the server has there, or none, is told to rewind (sync.md, Epoch).
 */
export async function pull(
  context: PullContext,
  caller: Caller,
  request: Pull,
  now: number,
): Promise<PullResponse> {
  const { db } = context.store;
  const { epoch } = await db
    .selectFrom('operations')
    .select('epoch')
    .where('id', '=', caller.operation)
    .executeTakeFirstOrThrow();
  const pages: PullResponse['streams'] = {};
  const gone: Stream[] = [];
  const rewind: Stream[] = [];
  for (const stream of STREAMS) {
    const right = mayRead(caller.role, stream);
    const cursor = request.cursors[stream];
    if (right === 'none') {
      if (cursor) gone.push(stream);
      continue;
    }
    const reader: Reader = { caller, stream, right, nameOf: namesFor(right, context.keys) };
    const found = await place(db, reader, cursor ?? START);
    if (found.type === 'at') pages[stream] = await readPage(db, reader, found);
    else (found.type === 'gone' ? gone : rewind).push(stream);
  }
  const serverTime = new Date(now).toISOString();
  return { epoch, streams: pages, gone, rewind, role: caller.role, serverTime };
}

/** Who reads which stream, and how much of it. */
interface Reader {
  readonly caller: Caller;
  readonly stream: Stream;
  readonly right: 'all' | 'own';
  /** What his cursors call a past. */
  readonly nameOf: (past: string) => string;
}

/**
 * A past by itself tells whoever knows every group in it that there was no other. Of those who read
 * their own alone it is blinded, so that nobody learns whether something stood between two of his.
 */
function namesFor(right: 'all' | 'own', keys: PullContext['keys']): (past: string) => string {
  return right === 'all' ? (past) => past : (past) => `${OWN}${keys.blind(past)}`;
}

/** Where a reader is: the sequence, and of those who read their own groups alone, how many they had. */
interface Place {
  readonly type: 'at';
  readonly seq: number;
  readonly own: number;
  /** What the device gets back where there is nothing new. */
  readonly cursor: Cursor;
}

/**
 * The place that a cursor names. A reader of his own groups alone counts these and no others: his
 * cursor says nothing of what is not his. Whoever read all before and no longer may is told that
 * the stream is gone, and begins again with his own; the other way round, with everything.
 */
async function place(
  db: Queries,
  { caller, stream, right, nameOf }: Reader,
  cursor: Cursor,
): Promise<Place | { readonly type: 'gone' | 'rewind' }> {
  const start: Place = { type: 'at', seq: 0, own: 0, cursor: START };
  if (cursor.seq === 0) return start;
  const isOwn = cursor.id.startsWith(OWN);
  if (right === 'own' && !isOwn) return { type: 'gone' };
  if (right === 'all' && isOwn) return start;
  const row = await db
    .selectFrom('publication')
    .select(['seq', 'groupId', 'past'])
    .where('operation', '=', caller.operation)
    .where('stream', '=', stream)
    .$if(right === 'all', (query) => query.where('seq', '=', cursor.seq))
    .$if(right === 'own', (query) =>
      query
        .where('author', '=', caller.member)
        .orderBy('seq')
        .limit(1)
        .offset(cursor.seq - 1),
    )
    .executeTakeFirst();
  if (!row) return { type: 'rewind' };
  const name = nameOf(row.past);
  // Cursors that were given out before they named a past named the group.
  const early = right === 'all' ? row.groupId : `${OWN}${row.groupId}`;
  if (cursor.id !== name && cursor.id !== early) return { type: 'rewind' };
  const own = right === 'all' ? 0 : cursor.seq;
  return { type: 'at', seq: row.seq, own, cursor: { seq: cursor.seq, id: name } };
}

async function readPage(
  db: Queries,
  { caller, stream, right, nameOf }: Reader,
  from: Place,
): Promise<Page> {
  const rows = await db
    .selectFrom('publication')
    .innerJoin('groups', (join) =>
      join
        .onRef('groups.operation', '=', 'publication.operation')
        .onRef('groups.id', '=', 'publication.groupId'),
    )
    .select(['publication.seq', 'publication.groupId', 'publication.past'])
    .select((row) => row.fn<number>('length', ['groups.bytes']).as('size'))
    .where('publication.operation', '=', caller.operation)
    .where('publication.stream', '=', stream)
    .where('publication.seq', '>', from.seq)
    .$if(right === 'own', (query) => query.where('publication.author', '=', caller.member))
    .orderBy('publication.seq')
    .limit(LIMITS.groupsInPage + 1)
    .execute();
  const page = pageOf(rows);
  const last = page.at(-1);
  const ids = page.map((row) => row.groupId);
  const signed = await readSigned(db, caller.operation, ids);
  return {
    groups: ids.flatMap((id) => signed.get(id)?.signed ?? []),
    cursor: last
      ? {
          seq: right === 'all' ? last.seq : from.own + page.length,
          id: nameOf(last.past),
        }
      : from.cursor,
    more: page.length < rows.length,
  };
}
