import type { QuarantineCode } from '#lib/protocol/codes.ts';
import type { OperationRows } from '../store/operation-rows.ts';
import type { GroupState } from '../store/schema.ts';
import { UNPROVEN, type Incoming, type Push, type PushOutcome, type Remarks } from './incoming.ts';
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
}

/**
 * What of these pushes is new. Whatever came before, from any carrier and under any number, is
 * acknowledged again and stored once; numbers must follow each other, and hold one group each.
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
        known.set(incoming.id, { state, code: null });
        fresh.push({ incoming, carrier: push.carrier, n, remarks });
      }
    };
    return sortPush(push, slots, take, remarks);
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
  take: (incoming: Incoming, n?: number) => void,
  remarks: Remarks,
): PushOutcome {
  const from = push.numbering?.from;
  if (from === undefined) {
    for (const incoming of push.incoming) take(incoming);
    return { type: 'acked', n: 0, ...remarks };
  }
  if (from > slots.last(push) + 1) return { type: 'gap', last: slots.last(push), ...remarks };
  for (const [index, incoming] of push.incoming.entries()) {
    const n = from + index;
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
  const ids = pushes.flatMap((push) => push.incoming.map((incoming) => incoming.id));
  const found = await rows.find('groups', ['id', 'state', 'code'], 'id', ids);
  return new Map(found.map((row) => [row.id, row]));
}
