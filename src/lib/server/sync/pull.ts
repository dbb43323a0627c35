import type { Stream } from '#lib/changes/change.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import { mayRead } from '#lib/protocol/roles.ts';
import type { Cursor, Cursors, PullResponse } from '#lib/protocol/wire.ts';
import type { Caller } from '../people/tokens.ts';
import type { Queries } from '../store/store.ts';
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

/**
 * A page of every stream that the caller may read, from where he is. What he sees of a stream is a
 * prefix of its publication order (S4); of `movements` a logger sees his own groups. A cursor that
 * names another group than the server has there, or none, is told to rewind (sync.md, Epoch).
 */
export async function pull(
  db: Queries,
  caller: Caller,
  request: Pull,
  now: number,
): Promise<PullResponse> {
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
    const found = await place(db, caller, stream, cursor ?? START, right);
    if (found.type === 'at') pages[stream] = await readPage(db, caller, stream, found, right);
    else (found.type === 'gone' ? gone : rewind).push(stream);
  }
  const serverTime = new Date(now).toISOString();
  return { epoch, streams: pages, gone, rewind, role: caller.role, serverTime };
}

/** Where a reader is: the sequence, and of those who read their own groups alone, how many they had. */
interface Place {
  readonly type: 'at';
  readonly seq: number;
  readonly own: number;
  /** What the device sent, and gets back where there is nothing new. */
  readonly cursor: Cursor;
}

/**
 * The place that a cursor names. A reader of his own groups alone counts these and no others: his
 * cursor says nothing of what is not his. Whoever read all before and no longer may is told that
 * the stream is gone, and begins again with his own; the other way round, with everything.
 */
async function place(
  db: Queries,
  caller: Caller,
  stream: Stream,
  cursor: Cursor,
  right: 'all' | 'own',
): Promise<Place | { readonly type: 'gone' | 'rewind' }> {
  const start: Place = { type: 'at', seq: 0, own: 0, cursor: START };
  if (cursor.seq === 0) return start;
  const isOwn = cursor.id.startsWith(OWN);
  if (right === 'own' && !isOwn) return { type: 'gone' };
  const row = await db
    .selectFrom('publication')
    .select(['seq', 'groupId', 'author'])
    .where('operation', '=', caller.operation)
    .where('stream', '=', stream)
    .$if(right === 'all', (query) => query.where('seq', '=', cursor.seq))
    .$if(right === 'own', (query) => query.where('groupId', '=', cursor.id.slice(OWN.length)))
    .executeTakeFirst();
  if (right === 'all') {
    if (row?.groupId === cursor.id) return { type: 'at', seq: row.seq, own: 0, cursor };
    return isOwn ? start : { type: 'rewind' };
  }
  if (row?.author !== caller.member) return { type: 'rewind' };
  const before = await db
    .selectFrom('publication')
    .select((query) => query.fn.countAll<number>().as('count'))
    .where('operation', '=', caller.operation)
    .where('stream', '=', stream)
    .where('author', '=', caller.member)
    .where('seq', '<=', row.seq)
    .executeTakeFirstOrThrow();
  if (Number(before.count) !== cursor.seq) return { type: 'rewind' };
  return { type: 'at', seq: row.seq, own: cursor.seq, cursor };
}

async function readPage(
  db: Queries,
  caller: Caller,
  stream: Stream,
  from: Place,
  right: 'all' | 'own',
): Promise<Page> {
  const rows = await db
    .selectFrom('publication')
    .innerJoin('groups', (join) =>
      join
        .onRef('groups.operation', '=', 'publication.operation')
        .onRef('groups.id', '=', 'publication.groupId'),
    )
    .select(['publication.seq', 'publication.groupId'])
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
    cursor: last ? cursorAt(last, from.own + page.length, right) : from.cursor,
    more: page.length < rows.length,
  };
}

function cursorAt(
  { seq, groupId }: { readonly seq: number; readonly groupId: string },
  own: number,
  right: 'all' | 'own',
): Cursor {
  return right === 'all' ? { seq, id: groupId } : { seq: own, id: `${OWN}${groupId}` };
}
