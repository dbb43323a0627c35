import { renameOperation } from '../people/operations.ts';
import type { Store, Tx } from '../store/store.ts';
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
  const outcomes = await store.write(async (tx) => {
    const found = new Map<Push, PushOutcome>();
    for (const operation of order) {
      const own = byOperation.get(operation) ?? [];
      const results = await commitOperation(tx, operation, own, rules);
      own.forEach((push, index) => found.set(push, results[index] as PushOutcome));
    }
    return found;
  });
  return pushes.map((push) => outcomes.get(push) as PushOutcome);
}

async function commitOperation(
  tx: Tx,
  operation: string,
  pushes: readonly Push[],
  rules: CommitRules,
): Promise<readonly PushOutcome[]> {
  const { fresh, outcomes, slots } = await sortPushes(tx, operation, pushes);
  const kept = await keepEnvelopes(tx, operation, fresh, rules.now);
  await slots.save(tx);
  if (kept.length === 0) return outcomes;
  const publication = await takeCounter(tx, operation);
  const admitted = await admit(tx, operation, kept);
  await renameOperation(tx, operation, admitted);
  await auditGroups(tx, admitted, rules.now);
  const convoys = await publishGroups(tx, operation, admitted, publication);
  await releaseConvoys(tx, operation, convoys, publication, rules);
  await publication.save();
  return outcomes;
}
