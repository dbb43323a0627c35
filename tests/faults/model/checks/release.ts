import { DELETED, type Change } from '#lib/changes/change.ts';
import { CONVOY_ENDS } from '#lib/domain/records/vocabularies.ts';
import { groupOf, type ServerRows } from '../server-rows.ts';
import { Broken } from '../witness.ts';

/** Two days, in milliseconds: how long an ended convoy of which nobody said more is kept back. */
const RELEASE_AFTER = 48 * 3_600_000;
const ENDS: ReadonlySet<unknown> = new Set(CONVOY_ENDS);

interface Said {
  readonly change: Change;
  readonly receivedAt: number;
}

/**
 * S4, Movements: what `log` got since the last look tells of no convoy that nobody said has ended,
 * or that was just said to be on the road. Knows less than the rule itself, and nothing of its code.
 */
export function checkReleased(before: ServerRows, now: ServerRows, clock: number): void {
  const fresh = now.published.log.slice(before.published.log.length);
  if (fresh.length === 0) return;
  const said = saidInOrder(now);
  const convoyOf = new Map<string, string>();
  for (const { change } of said) {
    const convoy = change.kind === 'convoy' ? change.record : change.fields['convoy']?.value;
    if (typeof convoy === 'string') convoyOf.set(change.record, convoy);
  }
  const known = new Set(
    before.published.log.flatMap((id) => groupOf(now, id).changes.map(({ record }) => record)),
  );
  for (const id of fresh) {
    for (const { kind, record } of groupOf(now, id).changes) {
      if (kind === 'movement' || kind === 'logEntry')
        throw new Broken('S4', `log has ${id}: ${kind}`);
      if (kind !== 'convoy' && kind !== 'report' && kind !== 'stop') continue;
      const convoy = convoyOf.get(record) ?? record;
      if (known.has(convoy)) continue; // it was let go before, and stays so
      const own = said.filter(({ change }) => convoyOf.get(change.record) === convoy);
      const why = keptBackBy(own, clock);
      if (why) throw new Broken('S4', `log has ${id} of a convoy ${why}`);
    }
  }
}

function keptBackBy(own: readonly Said[], clock: number): string | undefined {
  const hasEnded = own.some(({ change: { fields } }) =>
    [fields['status'], fields['outcome']].some((edit) => ENDS.has(edit?.value)),
  );
  if (!hasEnded) return 'that has not ended';
  const movements = own.filter(({ change }) => change.kind === 'movement');
  const mayGo = movements.some(
    ({ change: { fields } }) => fields['released']?.value === true || DELETED in fields,
  );
  const road = movements.filter(({ change }) => change.fields['onTheRoad']).at(-1);
  const isOut = road?.change.fields['onTheRoad']?.value === true;
  if (!mayGo && isOut && road.receivedAt + RELEASE_AFTER > clock) return 'that is on the road';
  return undefined;
}

function saidInOrder(rows: ServerRows): Said[] {
  return rows.published.movements.flatMap((id) =>
    groupOf(rows, id).changes.map((change): Said => {
      return { change, receivedAt: rows.groups.get(id)?.receivedAt ?? 0 };
    }),
  );
}
