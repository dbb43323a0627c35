import { renameOperation } from '../people/operations.ts';
import { inStep } from '../store/gathering.ts';
import { operationRows, type OperationRows } from '../store/operation-rows.ts';
import { writeThroughRaces } from '../store/races.ts';
import type { Store } from '../store/store.ts';
import { admit } from './admit.ts';
import { auditGroups } from './audit-groups.ts';
import type { Push, PushOutcome } from './incoming.ts';
import { publishGroups } from './publish-groups.ts';
import { takeCounter } from './publication.ts';
import { releaseConvoys } from './release.ts';
import { sortPushes } from './sort-pushes.ts';
import { keepEnvelopes } from './keep.ts';

/** The server's clock for this transaction, and how long an ended convoy is kept from `log`. */
export interface CommitRules {
  readonly now: number;
  readonly releaseAfter: number;
}

/**
 * Stores pushes, of any number of devices, in one transaction: when this resolves they are on disk
 * and readable. Groups that came before change nothing; what is refused is kept with its code.
 */
export async function commitPushes(
  store: Store,
  pushes: readonly Push[],
  rules: CommitRules,
): Promise<PushOutcome[]> {
  const byOperation = Map.groupBy(pushes, (push) => push.operation);
  const order = [...byOperation.keys()].sort();
  const outcomes = new Map<Push, PushOutcome>();
  await writeThroughRaces(store, (tx) =>
    inStep(order, async (operation, gather) => {
      const own = byOperation.get(operation) ?? [];
      const rows = operationRows(store.kind, tx, operation, gather);
      const results = await commitOperation(rows, own, rules);
      own.forEach((push, index) => outcomes.set(push, results[index] as PushOutcome));
    }),
  );
  return pushes.map((push) => outcomes.get(push) as PushOutcome);
}

async function commitOperation(
  rows: OperationRows,
  pushes: readonly Push[],
  rules: CommitRules,
): Promise<readonly PushOutcome[]> {
  const { fresh, outcomes, slots } = await sortPushes(rows, pushes);
  const kept = await keepEnvelopes(rows, fresh, rules.now);
  await slots.save();
  if (kept.length === 0) return outcomes;
  const publication = await takeCounter(rows);
  const admitted = await admit(rows, kept);
  await renameOperation(rows.tx, rows.operation, admitted);
  await auditGroups(rows.tx, admitted, rules.now);
  const convoys = await publishGroups(rows, admitted, publication);
  await releaseConvoys(rows, convoys, publication, rules);
  await publication.save();
  return outcomes;
}
