import { isUndoing, undoingOf } from '#lib/changes/batch.ts';
import { hasSeen, idPrefix } from '#lib/changes/fold.ts';
import type { BatchedChange } from '#lib/changes/undo-batch.ts';
import { may } from '#lib/protocol/rights.ts';
import type { OpenOperation } from './open-operation.svelte.ts';
import { planUndo, type PlannedUndo } from './plan-undo.ts';
import type { SaveError } from './records-api.ts';
import { changesIn } from './record-history.ts';
import { ServerRecords } from './server-records.ts';

/** So many groups are saved in one transaction; between them a person can stop it. */
const STEP = 20;

/**
 * The undoing of one import, as a person goes through it: what it would do, whether he wants that,
 * how far it is. It can be stopped and goes on where it was; what is done stays done.
 */
export class ImportUndoing {
  phase = $state<'looking' | 'lacking' | 'ready' | 'running' | 'stopped' | 'failed' | 'done'>(
    'looking',
  );
  plan = $state.raw<PlannedUndo | null>(null);
  /** Groups that are saved, of `total`. */
  done = $state(0);
  error = $state.raw<SaveError | null>(null);
  readonly batch: string;
  readonly #operation: OpenOperation;
  #isWanted = true;

  constructor(operation: OpenOperation, batch: string) {
    this.#operation = operation;
    this.batch = batch;
  }

  /** It takes an undoing back: what was imported comes again. */
  get isAgain(): boolean {
    return isUndoing(this.batch);
  }

  get total(): number {
    return this.plan?.total ?? 0;
  }

  /** Finds out what undoing would do. Without all that the import touched it says nothing. */
  async look(): Promise<void> {
    this.phase = 'looking';
    const known = await knownAround(this.#operation, this.batch);
    this.#plan(known);
    this.phase = known ? 'ready' : 'lacking';
  }

  #plan(known: readonly BatchedChange[] | undefined): void {
    const { records, identity } = this.#operation;
    this.plan = known
      ? records.planUndo((states, author) =>
          planUndo(states, author, this.batch, known, (kind) => may(identity.role, kind, 'edit')),
        )
      : null;
    this.done = 0;
  }

  /**
   * Undoes it, group after group, until it is done or stopped; again: goes on. The record at which
   * it was begun may be gone on the way: the operation holds it from now on.
   */
  async start(): Promise<void> {
    const { plan } = this;
    if (!plan || this.phase === 'running') return;
    this.#operation.undoing = this;
    this.#isWanted = true;
    this.error = null;
    this.phase = 'running';
    while (this.done < plan.total) {
      if (!this.#isWanted) {
        this.phase = 'stopped';
        return;
      }
      const to = Math.min(this.done + STEP, plan.total);
      const saved = await this.#operation.records.saveUndo(plan, this.done, to);
      if (!saved.ok && saved.error.type !== 'nothing_to_save') {
        this.error = saved.error;
        this.phase = 'failed';
        return;
      }
      this.done = to;
    }
    this.phase = 'done';
  }

  /** What takes this one back. */
  opposite(): ImportUndoing {
    return new ImportUndoing(this.#operation, undoingOf(this.batch));
  }

  /** Ends it after what is being saved now. */
  stop(): void {
    this.#isWanted = false;
  }
}

/**
 * Every change of the records that a batch touched: from this device, or, where it began with a
 * snapshot, from the server too. Undefined where some are missing and the server cannot be asked.
 */
async function knownAround(
  operation: OpenOperation,
  batch: string,
): Promise<readonly BatchedChange[] | undefined> {
  const here = await operation.historyAround(batch);
  if (operation.isExample) return here;
  if (isWhole(operation, here) && !(await operation.beganWithSnapshot())) return here;
  const there = await new ServerRecords(operation.asking).groupsAround(batch);
  if (!there) return undefined;
  const touched = new Set(
    there.flatMap((group) =>
      group.batch === batch ? group.changes.map(({ record }) => record) : [],
    ),
  );
  // What the server has and this device has not seen yet is undone when it is here.
  const seen = there.flatMap(changesIn).filter(({ change }) => {
    const state = touched.has(change.record) ? operation.records.state(change.record) : undefined;
    return state && hasSeen(state, change.id);
  });
  const known = [...(await operation.historyAround(batch, touched)), ...seen];
  return isWhole(operation, known) ? known : undefined;
}

/** Whether everything that these records were folded from is among the changes. */
function isWhole({ records }: OpenOperation, known: readonly BatchedChange[]): boolean {
  const ids = new Set(known.flatMap(({ change: { id } }) => [id, idPrefix(id)]));
  const touched = new Set(known.map(({ change }) => change.record));
  return [...touched].every((record) =>
    (records.state(record)?.seen ?? []).every((id) => ids.has(id)),
  );
}
