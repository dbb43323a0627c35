import { sql, type Kysely } from 'kysely';
import { NO_PAST, pastWith } from '../sync/past.ts';

const STREAMS = ['log', 'movements'] as const;
/** Rows that one statement changes. */
const PAGE = 400;

/**
 * Gives every publication that has none its past, and each counter row the last: those of a store
 * or a backup that is older than they are. Raw, because migrations know no newer schema.
 */
export async function chainPublication(db: Kysely<never>): Promise<void> {
  const unchained = await sql<{ operation: string; stream: string }>`
    select distinct "operation", "stream" from "publication" where "past" = ''`.execute(db);
  for (const { operation, stream } of unchained.rows) {
    const column = STREAMS.find((one) => one === stream);
    if (!column) continue;
    const past = await chainStream(db, operation, column);
    await sql`update "counters" set ${sql.ref(`${column}Past`)} = ${past}
      where "operation" = ${operation}`.execute(db);
  }
}

async function chainStream(db: Kysely<never>, operation: string, stream: string): Promise<string> {
  let past = NO_PAST;
  for (let after = 0; ;) {
    const { rows } = await sql<{ seq: number; groupId: string }>`
      select "seq", "groupId" from "publication"
      where "operation" = ${operation} and "stream" = ${stream} and "seq" > ${after}
      order by "seq" limit ${PAGE}`.execute(db);
    const last = rows.at(-1);
    if (!last) return past;
    const pasts = rows.map(({ seq, groupId }) => {
      past = pastWith(past, groupId);
      return sql`(cast(${seq} as bigint), ${past})`;
    });
    await sql`update "publication" set "past" = "new"."column2"
      from (values ${sql.join(pasts)}) as "new"
      where "operation" = ${operation} and "stream" = ${stream} and "seq" = "new"."column1"`.execute(
      db,
    );
    after = last.seq;
  }
}
