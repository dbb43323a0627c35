import type { Queries } from './store/store.ts';

/** An import, or the undoing of one, as the store holds it. */
export interface StoredBatch {
  readonly batch: string;
  /** ISO instants of the server's clock: when its first and its last group came. */
  readonly from: string;
  readonly until: string;
  readonly as: string;
  readonly records: number;
}

/** The batches of an operation, the oldest first. */
export async function listBatches(db: Queries, operation: string): Promise<StoredBatch[]> {
  const rows = await db
    .selectFrom('groups')
    .innerJoin('changes', (on) =>
      on
        .onRef('changes.operation', '=', 'groups.operation')
        .onRef('changes.groupId', '=', 'groups.id'),
    )
    .innerJoin('members', 'members.id', 'groups.author')
    .select(['groups.batch', 'members.name'])
    .select((row) => [
      row.fn.min<number>('groups.receivedAt').as('from'),
      row.fn.max<number>('groups.receivedAt').as('until'),
      row.fn.count<number>('changes.record').distinct().as('records'),
    ])
    .where('groups.operation', '=', operation)
    .where('groups.batch', 'is not', null)
    .where('groups.state', '=', 'stored')
    .groupBy(['groups.batch', 'members.name'])
    .orderBy('from')
    .orderBy('groups.batch')
    .execute();
  return rows.map(({ batch, name, from, until, records }) => ({
    batch: batch ?? '',
    from: new Date(Number(from)).toISOString(),
    until: new Date(Number(until)).toISOString(),
    as: name,
    records: Number(records),
  }));
}
