import type { Queries } from '../store/store.ts';

interface Known {
  seq: number;
  readonly authors: Set<string>;
}

const known = new WeakMap<Queries, Map<string, Known>>();

/**
 * Author ids of all that `log` holds: those whom every reader of the operation meets. What was
 * published stays so (S3), hence only what came since is read.
 */
export async function authorsOfLog(db: Queries, operation: string): Promise<ReadonlySet<string>> {
  const ofStore = known.get(db) ?? new Map<string, Known>();
  known.set(db, ofStore);
  const before = ofStore.get(operation) ?? { seq: 0, authors: new Set<string>() };
  ofStore.set(operation, before);
  const rows = await db
    .selectFrom('publication')
    .select((row) => ['author', row.fn.max('seq').as('seq')])
    .where('operation', '=', operation)
    .where('stream', '=', 'log')
    .where('seq', '>', before.seq)
    .groupBy('author')
    .execute();
  for (const { author, seq } of rows) {
    before.authors.add(author);
    before.seq = Math.max(before.seq, Number(seq));
  }
  return before.authors;
}
