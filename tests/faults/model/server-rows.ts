import type { Group, Stream } from '#lib/changes/change.ts';
import { mayRead } from '#lib/protocol/rights.ts';
import type { Role } from '#lib/protocol/roles.ts';
import { readStoredGroup } from '#lib/server/sync/stored-groups.ts';
import type { Server } from '#lib/server/server.ts';

export interface StoredRow {
  readonly id: string;
  readonly state: string;
  readonly author: string;
  /** Milliseconds, by the server's clock. */
  readonly receivedAt: number;
  /** Everything of the row that must never change, as one text. */
  readonly fixed: string;
  readonly bytes: Uint8Array;
}

/** Who may read what, and in which order, at one moment. */
export interface Published {
  readonly authors: ReadonlyMap<string, string>;
  /** Ids of groups in their order. */
  readonly published: Readonly<Record<Stream, readonly string[]>>;
  readonly roles: ReadonlyMap<string, Role>;
}

/** The server's log as it lies in its store at one moment. */
export interface ServerRows extends Published {
  readonly groups: ReadonlyMap<string, StoredRow>;
  /** Devices that were ended, and how. */
  readonly revoked: ReadonlyMap<string, 'leaving' | 'lost' | null>;
}

export async function readPublished({ store }: Server): Promise<Published> {
  const publication = await store.db
    .selectFrom('publication')
    .innerJoin('groups', 'groups.id', 'publication.groupId')
    .select(['publication.stream', 'publication.groupId', 'groups.author'])
    .orderBy('publication.seq')
    .execute();
  const members = await store.db.selectFrom('members').select(['id', 'role']).execute();
  const inStream = (stream: Stream): string[] =>
    publication.filter((row) => row.stream === stream).map((row) => row.groupId);
  return {
    authors: new Map(publication.map((row) => [row.groupId, row.author])),
    published: { log: inStream('log'), movements: inStream('movements') },
    roles: new Map(members.map(({ id, role }) => [id, role as Role])),
  };
}

export async function readServer(server: Server): Promise<ServerRows> {
  const rows = await server.store.db.selectFrom('groups').selectAll().execute();
  const groups = rows.map(({ id, state, code: _, bytes, signature, ...others }): StoredRow => {
    const texts = [bytes, signature].map((one) => Buffer.from(one).toString('latin1'));
    const fixed = JSON.stringify([others, texts]);
    return { id, state, author: others.author, receivedAt: others.receivedAt, fixed, bytes };
  });
  const devices = await server.store.db
    .selectFrom('devices')
    .select(['id', 'revokedAs'])
    .where('revokedAt', 'is not', null)
    .execute();
  return {
    ...(await readPublished(server)),
    groups: new Map(groups.map((row) => [row.id, row])),
    revoked: new Map(devices.map(({ id, revokedAs }) => [id, revokedAs])),
  };
}

/** The groups that came under these numbers of a replica; its key is `device/replica`. */
export async function groupsUnder(
  { store }: Server,
  replica: string,
  from: number,
  to: number,
): Promise<string[]> {
  const keys = Array.from(
    { length: Math.max(0, to - from + 1) },
    (_, i) => `${replica}/${from + i}`,
  );
  if (keys.length === 0) return [];
  const rows = await store.db.selectFrom('slots').selectAll().where('key', 'in', keys).execute();
  return rows.map((row) => row.groupId);
}

/** What a person may read of a stream, in its order. */
export function visible(rows: Published, member: string, stream: Stream): readonly string[] {
  const right = mayRead(rows.roles.get(member) ?? 'observer', stream);
  if (right === 'none') return [];
  const all = rows.published[stream];
  return right === 'all' ? all : all.filter((id) => rows.authors.get(id) === member);
}

export function groupOf(rows: ServerRows, id: string): Group {
  const row = rows.groups.get(id);
  if (!row) throw new Error(`the server does not have ${id}`);
  return readStoredGroup(row.bytes);
}
