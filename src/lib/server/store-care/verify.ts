import type { Group, Stream } from '#lib/changes/change.ts';
import { isRecordKind, kindOfRecord } from '#lib/domain/records/registry.ts';
import { decodeGroup } from '#lib/protocol/group-codec.ts';
import { deviceKeys } from '../people/signers.ts';
import { inPieces } from '../store/rows.ts';
import { atOneMoment } from '../store/one-moment.ts';
import type { Queries, Store } from '../store/store.ts';
import { basesOf } from '../sync/bases.ts';
import { verifyNotes } from './verify-rows.ts';
import { verifySlots } from './verify-slots.ts';
import { verifySnapshots } from './verify-snapshots.ts';
import { NO_PAST, pastWith } from '../sync/past.ts';
import { UNPROVEN } from '../sync/incoming.ts';
import { unprovenId } from '../sync/open-envelopes.ts';

/** Something in the store that an invariant does not allow. */
export interface Flaw {
  readonly operation: string;
  /** What is broken: a word for programs. */
  readonly rule:
    | 'group_unreadable'
    | 'note_wrong'
    | 'record_wrong'
    | 'convoy_unbound'
    | 'signature_wrong'
    | 'base_not_stored'
    | 'sequence_hole'
    | 'past_wrong'
    | 'published_not_stored'
    | 'stored_not_published'
    | 'movement_in_log'
    | 'released_not_published'
    | 'published_not_released'
    | 'held_waits_for_nothing'
    | 'slot_of_nothing'
    | 'slot_hole'
    | 'change_of_nothing'
    | 'snapshot_wrong';
  readonly id: string;
}

interface Verified {
  readonly groups: number;
  readonly flaws: readonly Flaw[];
}

export interface StoredGroup {
  readonly group: Group;
  readonly state: string;
}

/**
 * Checks every invariant of the stored log: each group is what its device signed, stands on what is
 * stored, is published where it belongs and nowhere else, in sequences without holes. All of it as
 * it is at one moment: a server beside may go on writing.
 */
export function verifyStore(store: Store): Promise<Verified> {
  return atOneMoment(store, verifyRows);
}

async function verifyRows(db: Queries): Promise<Verified> {
  const operations = await db.selectFrom('operations').select('id').execute();
  const flaws: Flaw[] = [];
  let groups = 0;
  for (const { id: operation } of operations) {
    const add = (rule: Flaw['rule'], id: string): void => void flaws.push({ operation, rule, id });
    const stored = await verifyGroups(db, operation, add);
    groups += stored.size;
    verifyBases(stored, add);
    await verifyPublication(db, operation, stored, add);
    await verifyHeld(db, operation, stored, add);
    await verifyChanges(db, operation, stored, add);
    await verifyNotes(db, operation, stored, add);
    await verifySlots(db, operation, add);
    await verifySnapshots(db, operation, add);
  }
  return { groups, flaws };
}

export type Add = (rule: Flaw['rule'], id: string) => void;

async function verifyGroups(
  db: Queries,
  operation: string,
  add: Add,
): Promise<Map<string, StoredGroup>> {
  const { verify } = deviceKeys();
  const devices = await db
    .selectFrom('devices')
    .selectAll()
    .where('operation', '=', operation)
    .execute();
  const signers = new Map(
    devices.map((row) => [
      row.id,
      {
        device: row.id,
        member: row.member,
        role: 'observer' as const,
        signKey: row.signKey,
        isRevoked: false,
      },
    ]),
  );
  const ids = await db
    .selectFrom('groups')
    .select('id')
    .where('operation', '=', operation)
    .execute();
  const found = new Map<string, StoredGroup>();
  for (const piece of inPieces(ids.map((row) => row.id))) {
    const rows = await db
      .selectFrom('groups')
      .select(['id', 'bytes', 'signature', 'state', 'device', 'author', 'stream'])
      .where('operation', '=', operation)
      .where('id', 'in', piece)
      .execute();
    for (const { id, bytes, signature, state, ...noted } of rows) {
      if (id.startsWith(UNPROVEN)) {
        if (unprovenId(bytes, signature) !== id) add('group_unreadable', id);
        continue;
      }
      const decoded = decodeGroup(bytes);
      if (!decoded.ok || decoded.value.id !== id) {
        add('group_unreadable', id);
        continue;
      }
      const signer = signers.get(decoded.value.device);
      if (!signer || !verify(signer, signature, bytes)) add('signature_wrong', id);
      const { device, stream } = decoded.value;
      const isAsNoted = noted.device === device && noted.stream === stream;
      if (!isAsNoted || noted.author !== signer?.member) add('note_wrong', id);
      found.set(id, { group: decoded.value, state });
    }
  }
  return found;
}

function verifyBases(groups: ReadonlyMap<string, StoredGroup>, add: Add): void {
  const stored = [...groups.values()].filter((one) => one.state === 'stored');
  const records = new Map(
    stored.flatMap(({ group }) => group.changes.map((change) => [change.id, change.record])),
  );
  for (const { group } of stored) {
    for (const [id, record] of basesOf(group)) {
      if (records.get(id) !== record) add('base_not_stored', group.id);
    }
  }
}

async function verifyPublication(
  db: Queries,
  operation: string,
  groups: ReadonlyMap<string, StoredGroup>,
  add: Add,
): Promise<void> {
  const published = { log: new Set<string>(), movements: new Set<string>() };
  const counter = await db
    .selectFrom('counters')
    .selectAll()
    .where('operation', '=', operation)
    .executeTakeFirst();
  for (const stream of ['log', 'movements'] as const satisfies readonly Stream[]) {
    const rows = await db
      .selectFrom('publication')
      .select(['seq', 'groupId', 'past'])
      .where('operation', '=', operation)
      .where('stream', '=', stream)
      .orderBy('seq')
      .execute();
    const hole = rows.findIndex((row, index) => row.seq !== index + 1);
    if (hole >= 0 || counter?.[stream] !== rows.length) add('sequence_hole', stream);
    let past = NO_PAST;
    const isChained = rows.every((row) => row.past === (past = pastWith(past, row.groupId)));
    if (!isChained || past !== (counter?.[`${stream}Past`] ?? NO_PAST)) add('past_wrong', stream);
    for (const { groupId } of rows) {
      published[stream].add(groupId);
      if (groups.get(groupId)?.state !== 'stored') add('published_not_stored', groupId);
    }
  }
  const waiting = await convoysKeptBack(db, operation);
  for (const [id, { group, state }] of groups) {
    if (state !== 'stored') continue;
    const keptBack = waiting.get(id);
    if (!published.log.has(id) && !published.movements.has(id)) add('stored_not_published', id);
    if (published.log.has(id) && holdsMovements(group)) add('movement_in_log', id);
    if (published.log.has(id) && keptBack === true) add('published_not_released', id);
    if (group.stream === 'log' && keptBack === false && !published.log.has(id)) {
      add('released_not_published', id);
    }
  }
}

function holdsMovements(group: Group): boolean {
  return group.changes.some(
    ({ kind }) => isRecordKind(kind) && kindOfRecord(kind).stream === 'movements',
  );
}

/** Groups that tell of convoys: whether one of those is still kept back. */
async function convoysKeptBack(db: Queries, operation: string): Promise<Map<string, boolean>> {
  const convoys = await db
    .selectFrom('convoys')
    .select(['convoy', 'releasedAt'])
    .where('operation', '=', operation)
    .execute();
  const released = new Set(
    convoys.filter((row) => row.releasedAt !== null).map((row) => row.convoy),
  );
  const rows = await db
    .selectFrom('convoyGroups')
    .select(['convoy', 'groupId'])
    .where('operation', '=', operation)
    .execute();
  const keptBack = new Map<string, boolean>();
  for (const { convoy, groupId } of rows) {
    keptBack.set(groupId, (keptBack.get(groupId) ?? false) || !released.has(convoy));
  }
  return keptBack;
}

async function verifyHeld(
  db: Queries,
  operation: string,
  groups: ReadonlyMap<string, StoredGroup>,
  add: Add,
): Promise<void> {
  const rows = await db
    .selectFrom('waits')
    .select('groupId')
    .where('operation', '=', operation)
    .execute();
  const waiting = new Set(rows.map((row) => row.groupId));
  for (const [id, { state }] of groups) {
    if ((state === 'held') !== waiting.has(id)) add('held_waits_for_nothing', id);
  }
}

/** Each change of a stored or held group is found by its id, and no other is. */
async function verifyChanges(
  db: Queries,
  operation: string,
  groups: ReadonlyMap<string, StoredGroup>,
  add: Add,
): Promise<void> {
  const rows = await db
    .selectFrom('changes')
    .select(['id', 'groupId', 'record'])
    .where('operation', '=', operation)
    .execute();
  const listed = new Map(rows.map((row) => [row.id, row]));
  let expected = 0;
  for (const [id, { group, state }] of groups) {
    if (state === 'quarantined') continue;
    expected += group.changes.length;
    const isWhole = group.changes.every((change) => {
      const row = listed.get(change.id);
      return row?.groupId === id && row.record === change.record;
    });
    if (!isWhole) add('change_of_nothing', id);
  }
  if (expected < rows.length) add('change_of_nothing', '');
}
