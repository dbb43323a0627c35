import type { Stream } from '#lib/changes/change.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import { mayRead } from '#lib/protocol/roles.ts';
import type { Cursor, Cursors, PullResponse } from '#lib/protocol/wire.ts';
import type { Caller } from '../people/tokens.ts';
import type { Queries } from '../store/store.ts';
import { readSigned } from './stored-groups.ts';

const STREAMS: readonly Stream[] = ['log', 'movements'];
type Page = NonNullable<PullResponse['streams']['log']>;

const START: Cursor = { seq: 0, id: '' };

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
    const from = cursor ?? START;
    if (!(await stands(db, caller.operation, stream, from))) rewind.push(stream);
    else pages[stream] = await readPage(db, caller, stream, from, right === 'own');
  }
  const serverTime = new Date(now).toISOString();
  return { epoch, streams: pages, gone, rewind, role: caller.role, serverTime };
}

async function stands(
  db: Queries,
  operation: string,
  stream: Stream,
  cursor: Cursor,
): Promise<boolean> {
  if (cursor.seq === 0) return true;
  const row = await db
    .selectFrom('publication')
    .select('groupId')
    .where('operation', '=', operation)
    .where('stream', '=', stream)
    .where('seq', '=', cursor.seq)
    .executeTakeFirst();
  return row?.groupId === cursor.id;
}

async function readPage(
  db: Queries,
  caller: Caller,
  stream: Stream,
  cursor: Cursor,
  ownOnly: boolean,
): Promise<Page> {
  const rows = await db
    .selectFrom('publication')
    .innerJoin('groups', (join) =>
      join
        .onRef('groups.operation', '=', 'publication.operation')
        .onRef('groups.id', '=', 'publication.groupId'),
    )
    .select(['publication.seq', 'publication.groupId', 'groups.author'])
    .select((row) => row.fn<number>('length', ['groups.bytes']).as('size'))
    .where('publication.operation', '=', caller.operation)
    .where('publication.stream', '=', stream)
    .where('publication.seq', '>', cursor.seq)
    .orderBy('publication.seq')
    .limit(LIMITS.groupsInPage + 1)
    .execute();
  const ids: string[] = [];
  let size = 0;
  let at = cursor;
  for (const row of rows.slice(0, LIMITS.groupsInPage)) {
    if (size > LIMITS.pageBytes) break;
    at = { seq: row.seq, id: row.groupId };
    if (ownOnly && row.author !== caller.member) continue;
    ids.push(row.groupId);
    size += row.size;
  }
  const more = at.seq < (rows.at(-1)?.seq ?? cursor.seq);
  const signed = await readSigned(db, caller.operation, ids);
  return { groups: ids.flatMap((id) => signed.get(id)?.signed ?? []), cursor: at, more };
}
