import type { QuarantineCode } from '#lib/protocol/codes.ts';
import type { OperationRows } from '../store/operation-rows.ts';
import { rowsFor } from '../store/rows.ts';
import type { GroupState } from '../store/schema.ts';
import { UNPROVEN, type Incoming, type Push, type PushOutcome, type Remarks } from './incoming.ts';
import { clashing } from './open-envelopes.ts';
import { readSlots, type Slots } from './slots.ts';

/** An envelope that the store does not have yet, and the device that brought it. */
export interface Fresh {
  readonly incoming: Incoming;
  readonly carrier: string;
  readonly n: number | undefined;
  readonly remarks: Remarks;
}

export interface Sorted {
  readonly fresh: readonly Fresh[];
  readonly outcomes: readonly PushOutcome[];
  readonly slots: Slots;
}

interface Known {
  readonly state: GroupState;
  readonly code: string | null;
  /** Whether this envelope is that group, and not another one under its id. */
  readonly is: (incoming: Incoming) => boolean;
}

/**
 * What of these pushes is new. Whatever came before, from any carrier and under any number, is
 * acknowledged again and stored once; numbers must follow each other, and hold one group each. What
 * says something else under the id of a group that is here is not that group: it is set aside, so
 * that nobody can have another's group acknowledged and never stored.
 */
export async function sortPushes(rows: OperationRows, pushes: readonly Push[]): Promise<Sorted> {
  const slots = await readSlots(rows, pushes);
  const known = await knownGroups(rows, pushes);
  const fresh: Fresh[] = [];
  const outcomes = pushes.map((push): PushOutcome => {
    const remarks: Remarks = { refused: [], held: [] };
    const take = (incoming: Incoming, n?: number): void => {
      const before = known.get(incoming.id);
      if (before) remark(remarks, incoming, before, n);
      else {
        const state = incoming.verdict === 'sound' ? 'stored' : 'quarantined';
        const is = (again: Incoming): boolean => isEqual(again.bytes, incoming.bytes);
        known.set(incoming.id, { state, code: null, is });
        fresh.push({ incoming, carrier: push.carrier, n, remarks });
      }
    };
    const unlessClashing = (incoming: Incoming): Incoming =>
      known.get(incoming.id)?.is(incoming) === false ? clashing(incoming) : incoming;
    return sortPush(push, slots, unlessClashing, take, remarks);
  });
  return { fresh, outcomes, slots };
}

/**
 * Says again what was said when it first came: that answer may have been lost. What was stored then
 * is stored, whatever its author may do by now.
 */
function remark(remarks: Remarks, incoming: Incoming, before: Known, n: number | undefined): void {
  const numbered = n === undefined ? {} : { n };
  if (before.state === 'stored') return;
  if (before.state === 'held') {
    remarks.held.push(incoming.id);
  } else if (incoming.verdict === 'refused') {
    remarks.refused.push({ id: incoming.claims, code: incoming.code, ...numbered });
  } else {
    const code = (before.code ?? 'not_allowed') as QuarantineCode;
    remarks.refused.push({ id: incoming.id, code, ...numbered });
  }
}

function sortPush(
  push: Push,
  slots: Slots,
  unlessClashing: (incoming: Incoming) => Incoming,
  take: (incoming: Incoming, n?: number) => void,
  remarks: Remarks,
): PushOutcome {
  const from = push.numbering?.from;
  if (from === undefined) {
    for (const sent of push.incoming) take(unlessClashing(sent));
    return { type: 'acked', n: 0, ...remarks };
  }
  if (from > slots.last(push) + 1) return { type: 'gap', last: slots.last(push), ...remarks };
  for (const [index, sent] of push.incoming.entries()) {
    const n = from + index;
    const incoming = unlessClashing(sent);
    const before = slots.groupAt(push, n);
    const replaces = before?.startsWith(UNPROVEN) === true && before !== incoming.id;
    if (before !== undefined && before !== incoming.id && !replaces) {
      return { type: 'fork', n, ...remarks };
    }
    take(incoming, n);
    if (before !== incoming.id) slots.put(push, n, incoming.id, replaces);
  }
  return { type: 'acked', n: slots.last(push), ...remarks };
}

async function knownGroups(
  rows: OperationRows,
  pushes: readonly Push[],
): Promise<Map<string, Known>> {
  const columns = ['id', 'state', 'code', 'signature'] as const;
  const sent = pushes.flatMap((push) => push.incoming);
  const ids = sent.map((incoming) => incoming.id);
  const found = await rows.find('groups', columns, 'id', ids);
  const byId = new Map(found.map((row) => [row.id, row]));
  const doubted = sent.filter(({ id, signature }) => {
    const row = byId.get(id);
    return row && !isEqual(row.signature, signature);
  });
  const bytes = await bytesOf(
    rows,
    doubted.map((incoming) => incoming.id),
  );
  const clashes = doubted.flatMap((one) => {
    const stored = bytes.get(one.id);
    return stored && !isEqual(stored, one.bytes) ? [clashing(one).id] : [];
  });
  found.push(...(await rows.find('groups', columns, 'id', clashes)));
  return new Map(
    found.map(({ id, state, code, signature }) => {
      const is = (again: Incoming): boolean =>
        isEqual(again.signature, signature) || isEqual(again.bytes, bytes.get(id) ?? NOTHING);
      return [id, { state, code, is }];
    }),
  );
}

/** Seldom asked: what is sent again has the signature that it was made with. */
async function bytesOf(
  { tx, operation }: OperationRows,
  ids: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const rows = await rowsFor(ids, (piece) =>
    tx
      .selectFrom('groups')
      .select(['id', 'bytes'])
      .where('operation', '=', operation)
      .where('id', 'in', piece)
      .execute(),
  );
  return new Map(rows.map((row) => [row.id, row.bytes]));
}

const NOTHING = new Uint8Array(0);
const isEqual = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
