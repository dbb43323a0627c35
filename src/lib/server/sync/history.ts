import type { Stream } from '#lib/changes/change.ts';
import { mayRead } from '#lib/protocol/rights.ts';
import type { HistoryRequest, HistoryResponse } from '#lib/protocol/wire-records.ts';
import type { Caller } from '../people/tokens.ts';
import { rowsFor } from '../store/rows.ts';
import type { Queries } from '../store/store.ts';
import { pageOf, readSigned } from './stored-groups.ts';

type Reader = Pick<Caller, 'operation' | 'member' | 'role'>;

/**
 * The signed groups that touch a record, or the records of a batch, oldest first by when the server
 * got them, as far as the caller may read them: whole streams, and of `movements` a logger his own.
 * `after` counts groups.
 */
export async function history(
  db: Queries,
  reader: Reader,
  asked: HistoryRequest,
): Promise<HistoryResponse> {
  const { operation } = reader;
  const { after = 0 } = asked;
  const touching = await db
    .selectFrom('changes')
    .select('groupId')
    .distinct()
    .where('operation', '=', operation)
    .$if('record' in asked, (query) =>
      query.where('record', '=', 'record' in asked ? asked.record : ''),
    )
    .$if('batch' in asked, (query) =>
      query.where('record', 'in', (inner) =>
        inner
          .selectFrom('groups')
          .innerJoin('changes as own', (on) =>
            on
              .onRef('own.operation', '=', 'groups.operation')
              .onRef('own.groupId', '=', 'groups.id'),
          )
          .select('own.record')
          .where('groups.operation', '=', operation)
          .where('groups.batch', '=', 'batch' in asked ? asked.batch : ''),
      ),
    )
    .execute();
  const ids = await readable(
    db,
    reader,
    touching.map((row) => row.groupId),
  );
  const dated = await rowsFor(ids, (piece) =>
    db
      .selectFrom('groups')
      .select(['id', 'receivedAt'])
      .select((row) => row.fn<number>('length', ['bytes']).as('size'))
      .where('operation', '=', operation)
      .where('id', 'in', piece)
      .execute(),
  );
  dated.sort((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1));
  const page = pageOf(dated.slice(after)).map((row) => row.id);
  const signed = await readSigned(db, operation, page);
  const end = after + page.length;
  return {
    groups: page.flatMap((id) => signed.get(id) ?? []),
    next: end < dated.length ? end : null,
  };
}

/** Of these groups those that stand in a stream which the caller reads. */
async function readable(
  db: Queries,
  { operation, member, role }: Reader,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await rowsFor(ids, (piece) =>
    db
      .selectFrom('publication')
      .select(['groupId', 'stream', 'author'])
      .where('operation', '=', operation)
      .where('groupId', 'in', piece)
      .execute(),
  );
  const seen = rows.filter(({ stream, author }) => {
    const right = mayRead(role, stream as Stream);
    return right === 'all' || (right === 'own' && author === member);
  });
  return new Set(seen.map((row) => row.groupId));
}
