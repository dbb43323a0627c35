import { createHash } from 'node:crypto';
import { SCHEMA, type Group } from '#lib/changes/change.ts';
import type { EditContext } from '#lib/changes/edit.ts';
import { randomId } from '#lib/crypto/random.ts';
import { encodeGroup } from '#lib/protocol/group-codec.ts';
import type { BatchGroup } from '#lib/protocol/batch-groups.ts';
import type { ServerKeys } from './keys.ts';
import { addDevice } from './people/devices.ts';
import { inPieces } from './store/rows.ts';
import type { Store } from './store/store.ts';
import { commitPushes, type CommitRules } from './sync/commit.ts';
import type { Author, Incoming } from './sync/incoming.ts';

/** What the operator writes at the command line, in whose name, into which operation. */
export interface ImporterOptions extends CommitRules {
  /** Id of the operation. */
  readonly operation: string;
  /** To whom the changes are attributed, as people will read it. */
  readonly as: string;
}

export interface ImporterIds {
  readonly member: string;
  readonly device: string;
}

/** The same person and device for the same name, without asking the store. */
export function importerIds({ operation, as }: ImporterOptions): ImporterIds {
  const idOf = (what: string): string =>
    createHash('sha256').update(`${what}|${operation}|${as}`).digest('base64url').slice(0, 22);
  return { member: idOf('import member'), device: idOf('import device') };
}

/** With what the changes of the command line are made. */
export function importerContext(options: ImporterOptions): EditContext {
  return {
    operation: options.operation,
    author: importerIds(options).member,
    deviceTime: new Date(options.now).toISOString(),
    schema: SCHEMA,
    newId: randomId,
  };
}

export const IMPORTER: Pick<Author, 'role'> = { role: 'coordinator' };

/** Groups in one transaction: a server beside the command line must not wait long for the lock. */
const GROUPS_AT_ONCE = 100;

/**
 * Stores the groups of a batch, signed by the server's own key, some at a time: what has gone in
 * stays in when it is broken off.
 */
export async function commitBatch(
  store: Store,
  keys: ServerKeys,
  batch: string,
  parts: readonly BatchGroup[],
  options: ImporterOptions,
): Promise<void> {
  await prepareImporter(store, keys, options);
  const { operation } = options;
  const { device } = importerIds(options);
  for (const piece of inPieces(parts, GROUPS_AT_ONCE)) {
    const groups = piece.map(({ stream, changes }): Group => {
      return { id: randomId(), operation, stream, device, batch, changes };
    });
    await commitSigned(store, keys, groups, options);
  }
}

async function prepareImporter(
  store: Store,
  keys: ServerKeys,
  options: ImporterOptions,
): Promise<void> {
  const { operation, as, now } = options;
  const { member, device } = importerIds(options);
  const sealKey = keys.sealing[0]?.publicKey ?? new Uint8Array(0);
  await store.write(async (tx) => {
    await tx
      .insertInto('members')
      .values({
        id: member,
        operation,
        name: as,
        organisation: null,
        role: IMPORTER.role,
        createdAt: now,
      })
      .onConflict((c) => c.doNothing())
      .execute();
    const signKey = keys.signing.publicKey;
    await addDevice(tx, { id: device, operation, member, signKey, sealKey }, now);
  });
}

async function commitSigned(
  store: Store,
  keys: ServerKeys,
  groups: readonly Group[],
  options: ImporterOptions,
): Promise<void> {
  const { member, device } = importerIds(options);
  const author = { member, ...IMPORTER };
  const incoming = await Promise.all(
    groups.map(async (group): Promise<Incoming> => {
      const bytes = encodeGroup(group);
      const signature = await keys.sign(bytes);
      return { verdict: 'sound', id: group.id, group, author, bytes, signature };
    }),
  );
  const push = { operation: options.operation, carrier: device, numbering: null, incoming };
  const [outcome] = await commitPushes(store, [push], options);
  const refused = outcome?.refused[0];
  if (refused) throw new Error(`the store refused an imported group: ${refused.code}`);
}
