import { sql } from 'kysely';
import type { Group } from '#lib/changes/change.ts';
import { randomId } from '#lib/crypto/random.ts';
import type { ServerKeys } from '../keys.ts';
import type { OperationRow } from '../store/schema.ts';
import type { Queries, Store, Tx } from '../store/store.ts';
import { NO_PAST } from '../sync/past.ts';
import { audit } from './audit.ts';
import { addInvite } from './invites.ts';

const FIRST_OPERATION = 'Operation';

/** A new operation, and the token of its owner's invite, which never expires until it is used. */
export async function createOperation(
  tx: Tx,
  keys: ServerKeys,
  name: string,
  now: number,
): Promise<{ operation: OperationRow; token: string }> {
  const operation = { id: randomId(), name, epoch: randomId(), createdAt: now };
  await tx.insertInto('operations').values(operation).execute();
  await tx
    .insertInto('counters')
    .values({
      operation: operation.id,
      log: 0,
      movements: 0,
      logPast: NO_PAST,
      movementsPast: NO_PAST,
    })
    .execute();
  await audit(tx, { operation: operation.id, at: now, action: 'operation_created' });
  const { token } = await addInvite(tx, keys, {
    operation: operation.id,
    role: 'owner',
    name: '',
    organisation: null,
    member: null,
    createdBy: null,
    createdAt: now,
    expiresAt: null,
  });
  return { operation, token };
}

/** Makes the first operation of an empty store: of servers that start together, one. Returns the owner invites that nobody used yet. */
export async function prepareOperations(
  store: Store,
  keys: ServerKeys,
  now: number,
): Promise<readonly string[]> {
  return store.write(async (tx) => {
    if (!(await hasOperation(tx))) {
      if (store.kind === 'postgres')
        await sql`lock table "operations" in exclusive mode`.execute(tx);
      if (!(await hasOperation(tx))) await createOperation(tx, keys, FIRST_OPERATION, now);
    }
    const open = await tx
      .selectFrom('invites')
      .select('id')
      .where('role', '=', 'owner')
      .where('createdBy', 'is', null)
      .where('usedAt', 'is', null)
      .where('expiresAt', 'is', null)
      .orderBy('createdAt')
      .execute();
    return open.map((invite) => keys.inviteToken(invite.id));
  });
}

async function hasOperation(tx: Tx): Promise<boolean> {
  const row = await tx.selectFrom('operations').select('id').limit(1).executeTakeFirst();
  return row !== undefined;
}

/** The operation's record is edited like any other; its name is also what people are invited to. */
export async function renameOperation(
  tx: Tx,
  operation: string,
  groups: readonly Group[],
): Promise<void> {
  const changes = groups.flatMap((group) => group.changes);
  const names = changes.flatMap(({ kind, fields }) =>
    kind === 'operation' ? (fields['name'] ?? []) : [],
  );
  const value = names.at(-1)?.value;
  const name = typeof value === 'string' ? value.replaceAll('\0', '') : '';
  if (name.trim() === '') return;
  await tx.updateTable('operations').set({ name }).where('id', '=', operation).execute();
}

export function listOperations(db: Queries): Promise<OperationRow[]> {
  return db.selectFrom('operations').selectAll().orderBy('createdAt').execute();
}

/**
 * The operation with this id, else all with this name (case and spaces at the ends aside): people
 * may give two the same one.
 */
export async function findOperations(db: Queries, name: string): Promise<OperationRow[]> {
  const all = await listOperations(db);
  const byId = all.filter((one) => one.id === name);
  if (byId.length > 0) return byId;
  const wanted = spelling(name);
  return all.filter((one) => spelling(one.name) === wanted);
}

const spelling = (name: string): string => name.normalize('NFKC').trim().toLocaleLowerCase('en');
