import { CREATED, type Change, type Group } from '#lib/changes/change.ts';
import { isRecordKind, kindOfRecord } from '#lib/domain/records/registry.ts';
import type { Queries } from '../store/store.ts';
import { basesOf } from '../sync/bases.ts';
import { namedIn } from '../sync/convoy-binding.ts';
import type { Add, StoredGroup } from './verify.ts';

/**
 * What the store notes of groups beside their bytes, so that it need not read them: whose they are,
 * who created which record, which convoys they tell of. Rights and releases are judged by it.
 */
export async function verifyNotes(
  db: Queries,
  operation: string,
  groups: ReadonlyMap<string, StoredGroup>,
  add: Add,
): Promise<void> {
  await verifyAuthors(db, operation, groups, add);
  const stored = [...groups.values()].filter((one) => one.state === 'stored');
  await verifyRecords(
    db,
    operation,
    stored.map((one) => one.group),
    add,
  );
  await verifyConvoys(
    db,
    operation,
    stored.map((one) => one.group),
    add,
  );
  await verifyWaits(db, operation, groups, add);
}

/** A logger reads of `movements` what the publication says is his. */
async function verifyAuthors(
  db: Queries,
  operation: string,
  groups: ReadonlyMap<string, StoredGroup>,
  add: Add,
): Promise<void> {
  const published = await db
    .selectFrom('publication')
    .select(['groupId', 'author'])
    .where('operation', '=', operation)
    .execute();
  for (const { groupId, author } of published) {
    const group = groups.get(groupId)?.group;
    if (group && group.changes[0]?.author !== author) add('note_wrong', groupId);
  }
}

async function verifyRecords(
  db: Queries,
  operation: string,
  groups: readonly Group[],
  add: Add,
): Promise<void> {
  const rows = await db
    .selectFrom('records')
    .selectAll()
    .where('operation', '=', operation)
    .execute();
  const noted = new Map(rows.map((row) => [row.record, row]));
  const changes = groups.flatMap((group) => group.changes);
  for (const [record, own] of Map.groupBy(changes, (change) => change.record)) {
    const row = noted.get(record);
    noted.delete(record);
    // Stores that are older than the mark have records without it.
    const makers = row?.marked === 1 ? own.filter(({ fields }) => CREATED in fields) : own;
    const isSound =
      row !== undefined &&
      own.every(({ kind }) => kind === row.kind) &&
      makers.some(({ author }) => author === row.creator);
    if (!isSound) add('record_wrong', record);
  }
  for (const record of noted.keys()) add('record_wrong', record);
}

/** The convoys that a change itself names; what it inherits of others is not told from its bytes. */
function convoysNamed(change: Change): string[] {
  const { kind, record } = change;
  const isBound = isRecordKind(kind) && kindOfRecord(kind).stream === 'convoy';
  if (!isBound && kind !== 'movement' && kind !== 'incident') return [];
  return [kind === 'convoy' ? record : null, namedIn(change, 'convoy')].filter(
    (convoy) => convoy !== null,
  );
}

/** What is not bound to its convoy would be kept back by nothing, or for ever. */
async function verifyConvoys(
  db: Queries,
  operation: string,
  groups: readonly Group[],
  add: Add,
): Promise<void> {
  const of = (query: { convoy: string; groupId: string }): string =>
    `${query.convoy} ${query.groupId}`;
  const rows = await db
    .selectFrom('convoyGroups')
    .select(['convoy', 'groupId'])
    .where('operation', '=', operation)
    .execute();
  const bound = new Set(rows.map(of));
  const convoys = await db
    .selectFrom('convoys')
    .select('convoy')
    .where('operation', '=', operation)
    .execute();
  const known = new Set(convoys.map((row) => row.convoy));
  for (const { convoy, groupId } of rows) if (!known.has(convoy)) add('convoy_unbound', groupId);
  for (const { id, changes } of groups) {
    const named = changes.flatMap(convoysNamed);
    if (named.some((convoy) => !bound.has(of({ convoy, groupId: id })))) add('convoy_unbound', id);
  }
}

/** S9: what a held group waits for is one of its bases, and is not stored. */
async function verifyWaits(
  db: Queries,
  operation: string,
  groups: ReadonlyMap<string, StoredGroup>,
  add: Add,
): Promise<void> {
  const waits = await db
    .selectFrom('waits')
    .select(['groupId', 'changeId'])
    .where('operation', '=', operation)
    .execute();
  const here = new Set(
    [...groups.values()].flatMap(({ group, state }) =>
      state === 'stored' ? group.changes.map((change) => change.id) : [],
    ),
  );
  for (const { groupId, changeId } of waits) {
    const group = groups.get(groupId)?.group;
    const isBase = group !== undefined && basesOf(group).has(changeId);
    if (!isBase || here.has(changeId)) add('held_waits_for_nothing', groupId);
  }
}
