import { err, ok, type Result } from '#lib/domain/result.ts';
import type { QuarantineCode } from '#lib/protocol/codes.ts';
import { may } from '#lib/protocol/rights.ts';
import { mayAct } from '#lib/protocol/roles.ts';
import type { QuarantineResponse } from '#lib/protocol/wire-records.ts';
import { audit } from '../people/audit.ts';
import type { Caller } from '../people/tokens.ts';
import { writeRows, type OperationRows } from '../store/operation-rows.ts';
import type { GroupRow, SettlementRow } from '../store/schema.ts';
import type { Queries, Store, Tx } from '../store/store.ts';
import { quarantine, readHeld } from './group-states.ts';
import { UNPROVEN } from './incoming.ts';
import { takeCounter } from './publication.ts';
import { pageOf, readSigned } from './stored-groups.ts';

type Reader = Pick<Caller, 'operation' | 'member' | 'role' | 'device'>;
type Entry = QuarantineResponse['entries'][number];

const PAGE = 50;

export interface QuarantineQuery {
  readonly settled?: boolean | undefined;
  /** The `next` of the page before: `received time.id`. */
  readonly after?: string | undefined;
}

/**
 * What was set aside, and what waits for a base, newest first. Coordinators and owners see all of
 * their operation; the others what they signed, and what their device brought.
 */
export async function listQuarantine(
  db: Queries,
  reader: Reader,
  query: QuarantineQuery,
): Promise<QuarantineResponse> {
  const { operation, member, device } = reader;
  const readsAll = reviewsAll(reader);
  const [time, afterId] = query.after?.split('.') ?? [];
  const before = Number(time);
  const rows = await db
    .selectFrom('groups as g')
    .leftJoin('settlements as s', (join) =>
      join.onRef('s.operation', '=', 'g.operation').onRef('s.groupId', '=', 'g.id'),
    )
    .select(['g.id', 'g.author', 'g.device', 'g.carrier', 'g.code', 'g.receivedAt'])
    .select((row) => row.fn<number>('length', ['g.bytes']).as('size'))
    .select(['s.at', 's.member as settler', 's.reason', 's.correction'])
    .where('g.operation', '=', operation)
    .where('g.state', '<>', 'stored')
    .where('s.at', query.settled === true ? 'is not' : 'is', null)
    .$if(!readsAll, (q) =>
      q.where((row) => row.or([row('g.author', '=', member), row('g.carrier', '=', device)])),
    )
    .$if(afterId !== undefined && Number.isInteger(before), (q) =>
      q.where((row) =>
        row.or([
          row('g.receivedAt', '<', before),
          row.and([row('g.receivedAt', '=', before), row('g.id', '<', stored(afterId ?? ''))]),
        ]),
      ),
    )
    .orderBy('g.receivedAt', 'desc')
    .orderBy('g.id', 'desc')
    .limit(PAGE + 1)
    .execute();
  const page = pageOf(rows.slice(0, PAGE));
  const last = page.at(-1);
  const readable = page.filter((row) => isGroup(row) && (readsAll || row.author === member));
  const signed = await readSigned(
    db,
    operation,
    readable.map((row) => row.id),
  );
  return {
    entries: page.map((row) => entryOf(row, signed.get(row.id)?.signed ?? null)),
    next: rows.length > page.length && last ? `${last.receivedAt}.${cursorId(last.id)}` : null,
  };
}

type Row = Pick<GroupRow, 'id' | 'author' | 'device' | 'carrier' | 'code' | 'receivedAt'> & {
  readonly at: number | null;
  readonly settler: string | null;
  readonly reason: string | null;
  readonly correction: string | null;
};

function entryOf(row: Row, signed: string | null): Entry {
  const isProven = !row.id.startsWith(UNPROVEN);
  return {
    id: shown(row.id),
    code: (row.code ?? 'not_allowed') as QuarantineCode,
    received: new Date(row.receivedAt).toISOString(),
    member: isProven ? row.author : null,
    device: isProven ? row.device : null,
    carrier: row.carrier,
    signed,
    settled:
      row.at === null
        ? null
        : {
            at: new Date(row.at).toISOString(),
            member: row.settler,
            reason: row.reason ?? '',
            correction: row.correction,
          },
  };
}

/** Sealed or foreign bytes are shown to nobody; a group of another operation is not this one's. */
function isGroup({ code }: Pick<Row, 'code'>): boolean {
  return (
    code !== 'envelope_unreadable' && code !== 'group_unreadable' && code !== 'wrong_operation'
  );
}

const shown = (id: string): string => (id.startsWith(UNPROVEN) ? id.slice(UNPROVEN.length) : id);
const cursorId = (id: string): string => (id.startsWith(UNPROVEN) ? `u${shown(id)}` : `p${id}`);
const stored = (id: string): string => (id.startsWith('u') ? UNPROVEN : '') + id.slice(1);

const reviewsAll = ({ role }: Pick<Reader, 'role'>): boolean => mayAct(role, 'read_names');

export interface Settling {
  readonly id: string;
  readonly reason: string;
  readonly correction?: string | undefined;
}

/**
 * Notes that a person has dealt with a group that was set aside: a coordinator with any, an author
 * with his own. The group stays where it is; a correction is a new group, named here. Said again,
 * what was said first stands. One that waits for its base (S9) waits no longer, and never counts.
 */
export async function settleQuarantined(
  store: Store,
  reader: Reader,
  settling: Settling,
  now: number,
): Promise<Result<null, { type: 'not_found' | 'forbidden' }>> {
  const { operation, member, device } = reader;
  return writeRows(store, operation, async (rows) => {
    const { tx } = rows;
    const found = await findAside(tx, operation, settling.id);
    // What waits for a base may be released at this moment, by whoever holds the counter.
    if (found?.state === 'held') await takeCounter(rows);
    const group = found?.state === 'held' ? await findAside(tx, operation, settling.id) : found;
    if (!group) return err({ type: 'not_found' });
    const isOwn = group.author === member || (group.author === '' && group.carrier === device);
    if (!isOwn && !(reviewsAll(reader) && may(reader.role, 'convoy', 'settle'))) {
      return err({ type: 'forbidden' });
    }
    const row: SettlementRow = {
      operation,
      groupId: group.id,
      at: now,
      member,
      device,
      reason: settling.reason,
      correction: settling.correction ?? null,
    };
    const added = await tx
      .insertInto('settlements')
      .values(row)
      .onConflict((c) => c.doNothing())
      .returning('groupId')
      .executeTakeFirst();
    if (!added) return ok(null);
    if (group.state === 'held') await letGo(rows, group.id);
    const detail = { group: shown(group.id), code: group.code, correction: row.correction };
    const entry = { operation, at: now, member, device, detail } as const;
    await audit(tx, { ...entry, action: 'quarantine_settled' });
    return ok(null);
  });
}

function findAside(
  tx: Tx,
  operation: string,
  id: string,
): Promise<Pick<GroupRow, 'id' | 'author' | 'carrier' | 'code' | 'state'> | undefined> {
  return tx
    .selectFrom('groups')
    .select(['id', 'author', 'carrier', 'code', 'state'])
    .where('operation', '=', operation)
    .where('id', 'in', [id, `${UNPROVEN}${id}`])
    .where('state', '<>', 'stored')
    .executeTakeFirst();
}

/** A group that was held waits for nothing any more, and is set aside. */
async function letGo(rows: OperationRows, id: string): Promise<void> {
  const [held] = await readHeld(rows, [id]);
  if (held) await quarantine(rows, held.group, 'base_missing');
  await rows.tx
    .deleteFrom('waits')
    .where('operation', '=', rows.operation)
    .where('groupId', '=', id)
    .execute();
}
