import { createHash } from 'node:crypto';
import type { Change, Group } from '#lib/changes/change.ts';
import { editRecord } from '#lib/changes/edit.ts';
import { foldGroups } from '#lib/changes/fold-changes.ts';
import type { RecordState } from '#lib/changes/fold.ts';
import { randomId } from '#lib/crypto/random.ts';
import type { ImportedRecord } from '#lib/exchange/imported-record.ts';
import { encodeGroup } from '#lib/protocol/group-codec.ts';
import { SCHEMA } from '#lib/protocol/paths.ts';
import type { ServerKeys } from './keys.ts';
import { groupImport } from './import-groups.ts';
import { audit } from './people/audit.ts';
import { addDevice } from './people/devices.ts';
import { inPieces, rowsFor } from './store/rows.ts';
import type { Queries, Store } from './store/store.ts';
import { commitPushes, type CommitRules } from './sync/commit.ts';
import type { Author, Incoming } from './sync/incoming.ts';
import { readGroups } from './sync/stored-groups.ts';

export interface ImportOptions extends CommitRules {
  /** Id of the operation. */
  readonly operation: string;
  /** To whom the changes are attributed, as people will read it. */
  readonly as: string;
  /** Says what would change, and changes nothing. */
  readonly dryRun?: boolean;
}

export interface ImportResult {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Names the whole import, so that it can be undone; null when nothing was to do. */
  readonly batch: string | null;
}

/** Groups in one transaction: a server beside the command line must not wait long for the lock. */
const GROUPS_AT_ONCE = 100;

/**
 * Brings records into the store, signed by the server's own key. Only what differs from what stands
 * becomes a change, so importing the same again changes nothing, and going on after a break
 * finishes it.
 */
export async function importRecords(
  store: Store,
  keys: ServerKeys,
  records: readonly ImportedRecord[],
  options: ImportOptions,
): Promise<ImportResult> {
  const { operation } = options;
  const ids = importIds(operation, options.as);
  const states = await readStates(store.db, operation, new Set(records.map((record) => record.id)));
  const context = {
    operation,
    author: ids.member,
    deviceTime: new Date(options.now).toISOString(),
    schema: SCHEMA,
    newId: randomId,
  };
  const changes = new Map<ImportedRecord, Change>();
  for (const record of records) {
    const state = states.get(record.id);
    const values = state || Object.keys(record.values).length > 0 ? record.values : CREATED_ONLY;
    const change = editRecord(state, record.kind, record.id, values, context);
    if (change) changes.set(record, change);
  }
  const created = [...changes.keys()].filter((record) => !states.has(record.id)).length;
  const counts = {
    created,
    changed: changes.size - created,
    unchanged: records.length - changes.size,
  };
  if (changes.size === 0 || options.dryRun) return { ...counts, batch: null };
  const batch = randomId();
  await prepareImporter(store, keys, options, ids);
  for (const piece of inPieces(groupImport(records, changes), GROUPS_AT_ONCE)) {
    const groups = piece.map(({ stream, changes: own }): Group => ({
      id: randomId(),
      operation,
      stream,
      device: ids.device,
      batch,
      changes: own,
    }));
    await commitSigned(store, keys, groups, options, ids);
  }
  const { as } = options;
  const entry = { operation, at: options.now, action: 'imported', ...ids } as const;
  await audit(store.db, { ...entry, detail: { batch, as, ...counts } });
  return { ...counts, batch };
}

/** A record without anything to say is there all the same. */
const CREATED_ONLY = { _created: true } as const;

interface ImporterIds {
  readonly member: string;
  readonly device: string;
}

/** The same person and device for the same name, without asking the store. */
function importIds(operation: string, as: string): ImporterIds {
  const idOf = (what: string): string =>
    createHash('sha256').update(`${what}|${operation}|${as}`).digest('base64url').slice(0, 22);
  return { member: idOf('import member'), device: idOf('import device') };
}

async function prepareImporter(
  store: Store,
  keys: ServerKeys,
  options: ImportOptions,
  ids: ImporterIds,
): Promise<void> {
  const { operation, as, now } = options;
  const sealKey = keys.sealing[0]?.publicKey ?? new Uint8Array(0);
  await store.write(async (tx) => {
    await tx
      .insertInto('members')
      .values({
        id: ids.member,
        operation,
        name: as,
        organisation: null,
        role: IMPORTER.role,
        createdAt: now,
      })
      .onConflict((c) => c.doNothing())
      .execute();
    const signKey = keys.signing.publicKey;
    await addDevice(tx, { id: ids.device, operation, member: ids.member, signKey, sealKey }, now);
  });
}

const IMPORTER: Pick<Author, 'role'> = { role: 'coordinator' };

async function commitSigned(
  store: Store,
  keys: ServerKeys,
  groups: readonly Group[],
  options: ImportOptions,
  ids: ImporterIds,
): Promise<void> {
  const author = { member: ids.member, ...IMPORTER };
  const incoming = await Promise.all(
    groups.map(async (group): Promise<Incoming> => {
      const bytes = encodeGroup(group);
      const signature = await keys.sign(bytes);
      return { verdict: 'sound', id: group.id, group, author, bytes, signature };
    }),
  );
  const push = { operation: options.operation, carrier: ids.device, numbering: null, incoming };
  const [outcome] = await commitPushes(store, [push], options);
  const refused = outcome?.refused[0];
  if (refused) throw new Error(`the store refused an imported group: ${refused.code}`);
}

/** The states of these records, from every stored change to them. */
async function readStates(
  db: Queries,
  operation: string,
  records: ReadonlySet<string>,
): Promise<ReadonlyMap<string, RecordState>> {
  const rows = await rowsFor(records, (piece) =>
    db
      .selectFrom('changes')
      .select('groupId')
      .distinct()
      .where('operation', '=', operation)
      .where('record', 'in', piece)
      .execute(),
  );
  const groups = await readGroups(
    db,
    operation,
    rows.map((row) => row.groupId),
  );
  const own = [...groups.values()].map((group) => ({
    ...group,
    changes: group.changes.filter((change) => records.has(change.record)),
  }));
  return foldGroups(own).records;
}
