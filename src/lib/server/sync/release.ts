import { may } from '#lib/protocol/rights.ts';
import type { Role } from '#lib/protocol/roles.ts';
import { writeRows, type OperationRows } from '../store/operation-rows.ts';
import { rowsFor } from '../store/rows.ts';
import type { ConvoyRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { CommitRules } from './commit.ts';
import { standingOfConvoy, type ReceivedGroup, type Trusts } from './convoy-standing.ts';
import { knownRecords } from './known-records.ts';
import { takeCounter, type Publication } from './publication.ts';
import { decideRelease } from './release-rule.ts';
import { readStoredGroup } from './stored-groups.ts';

/**
 * Looks at convoys that were touched, or whose time has come, and lets go what may go: all their
 * groups to `log`, in the order in which `movements` has them. What was let go stays so (S3).
 */
export async function releaseConvoys(
  store: OperationRows,
  convoys: ReadonlySet<string>,
  publication: Publication,
  rules: CommitRules,
): Promise<void> {
  if (convoys.size === 0) return;
  await publication.save();
  const groupsOf = await readGroupsOf(store, convoys);
  const memory = await readConvoys(store, convoys);
  const trusted = await readTrust(store, groupsOf);
  const rows: ConvoyRow[] = [];
  for (const before of memory) {
    const groups = groupsOf.get(before.convoy) ?? [];
    const standing = standingOfConvoy(before.convoy, groups, trusted(before.convoy));
    const decision = decideRelease(standing, before, rules.now, rules.releaseAfter);
    const wait = decision.type === 'wait' ? decision : null;
    rows.push({
      ...before,
      endedAt: wait ? wait.endedAt : before.endedAt,
      dueAt: wait?.dueAt ?? null,
      releasedAt: wait ? null : rules.now,
    });
  }
  const again = ['operation', 'convoy'] as const;
  await store.insert('convoys', rows, again);
  const released = rows.filter((row) => row.releasedAt !== null).map((row) => row.convoy);
  for (const group of await freed(store, released)) publication.publish('log', group);
}

/**
 * Releases what has come due by the server's clock. Returns how many convoys were looked at. What
 * fails in one operation keeps nothing of another back; it is thrown when all have been looked at.
 */
export async function sweepConvoys(store: Store, rules: CommitRules): Promise<number> {
  const due = await store.db
    .selectFrom('convoys')
    .select(['operation', 'convoy'])
    .where('dueAt', '<=', rules.now)
    .where('releasedAt', 'is', null)
    .execute();
  const byOperation = Map.groupBy(due, (row) => row.operation);
  const errors: unknown[] = [];
  for (const [operation, rows] of byOperation) {
    const convoys = new Set(rows.map((row) => row.convoy));
    try {
      await writeRows(store, operation, async (own) => {
        const publication = await takeCounter(own);
        await releaseConvoys(own, convoys, publication, rules);
        await publication.save();
      });
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
  return due.length;
}

/** Of these convoys those that are kept back so far. */
async function readConvoys(store: OperationRows, convoys: Iterable<string>): Promise<ConvoyRow[]> {
  const columns = ['operation', 'convoy', 'endedAt', 'dueAt', 'releasedAt'] as const;
  const rows = await store.find('convoys', columns, 'convoy', convoys);
  return rows.filter((row) => row.releasedAt === null);
}

/** The groups that tell of each convoy, in the order in which they became readable. */
async function readGroupsOf(
  { tx, operation }: OperationRows,
  convoys: Iterable<string>,
): Promise<Map<string, ReceivedGroup[]>> {
  const rows = await rowsFor(convoys, (piece) =>
    tx
      .selectFrom('convoyGroups as c')
      .innerJoin('publication as m', (join) =>
        join
          .onRef('m.operation', '=', 'c.operation')
          .onRef('m.groupId', '=', 'c.groupId')
          .on('m.stream', '=', 'movements'),
      )
      .innerJoin('groups as g', (join) =>
        join.onRef('g.operation', '=', 'c.operation').onRef('g.id', '=', 'c.groupId'),
      )
      .select(['c.convoy', 'm.seq', 'g.bytes', 'g.receivedAt'])
      .where('c.operation', '=', operation)
      .where('c.convoy', 'in', piece)
      .execute(),
  );
  rows.sort((a, b) => a.seq - b.seq);
  const found = new Map<string, ReceivedGroup[]>();
  for (const { convoy, bytes, receivedAt } of rows) {
    const groups = found.get(convoy) ?? [];
    found.set(convoy, groups);
    groups.push({ group: readStoredGroup(bytes), receivedAt });
  }
  return found;
}

/**
 * Whose word lets a convoy go: of those who may release any, and of the person who recorded it.
 * Nobody else can know of it yet.
 */
async function readTrust(
  store: OperationRows,
  groupsOf: ReadonlyMap<string, readonly ReceivedGroup[]>,
): Promise<(convoy: string) => Trusts> {
  const groups = [...groupsOf.values()].flat();
  const authors = groups.flatMap(({ group }) => group.changes[0]?.author ?? []);
  const members = await store.find('members', ['id', 'role'], 'id', authors);
  const releasers = new Set(
    members
      .filter(({ role }) => may(role as Role, 'movement', 'release'))
      .map((member) => member.id),
  );
  const records = knownRecords(store);
  await records.read(groupsOf.keys());
  return (convoy) => {
    const record = records.get(convoy);
    const creator = record?.kind === 'convoy' ? record.creator : undefined;
    return (author) => author === creator || releasers.has(author);
  };
}

/** Groups of these convoys that `log` lacks and that no other convoy keeps back, in their order. */
async function freed(
  { tx, operation }: OperationRows,
  convoys: readonly string[],
): Promise<{ id: string; author: string }[]> {
  const waiting = await rowsFor(convoys, (piece) =>
    tx
      .selectFrom('convoyGroups as c')
      .innerJoin('groups as g', (join) =>
        join.onRef('g.operation', '=', 'c.operation').onRef('g.id', '=', 'c.groupId'),
      )
      .innerJoin('publication as m', (join) =>
        join
          .onRef('m.operation', '=', 'c.operation')
          .onRef('m.groupId', '=', 'c.groupId')
          .on('m.stream', '=', 'movements'),
      )
      .leftJoin('publication as l', (join) =>
        join
          .onRef('l.operation', '=', 'c.operation')
          .onRef('l.groupId', '=', 'c.groupId')
          .on('l.stream', '=', 'log'),
      )
      .select(['c.groupId', 'm.seq', 'm.author'])
      .where('c.operation', '=', operation)
      .where('c.convoy', 'in', piece)
      .where('g.stream', '=', 'log')
      .where('l.seq', 'is', null)
      .execute(),
  );
  const blocked = await rowsFor(
    waiting.map((row) => row.groupId),
    (piece) =>
      tx
        .selectFrom('convoyGroups as c')
        .innerJoin('convoys as v', (join) =>
          join.onRef('v.operation', '=', 'c.operation').onRef('v.convoy', '=', 'c.convoy'),
        )
        .select('c.groupId')
        .where('c.operation', '=', operation)
        .where('c.groupId', 'in', piece)
        .where('v.releasedAt', 'is', null)
        .execute(),
  );
  const kept = new Set(blocked.map((row) => row.groupId));
  const byId = new Map(waiting.map((row) => [row.groupId, row]));
  return [...byId.values()]
    .filter((row) => !kept.has(row.groupId))
    .sort((a, b) => a.seq - b.seq)
    .map(({ groupId, author }) => ({ id: groupId, author }));
}
