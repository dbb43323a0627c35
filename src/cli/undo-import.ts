import type { UndoResult } from '#lib/server/undo-import.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { chosenOperation, isOutcome, withStore } from './store.ts';

interface UndoOptions {
  readonly as: string;
  readonly dryRun: boolean;
}

/** Takes an import back: `import --undo BATCH --operation NAME`. */
export function undoImport(name: string, batch: string, options: UndoOptions): Promise<Outcome> {
  return withStore(async (operator) => {
    const operation = await chosenOperation(operator, name);
    if (isOutcome(operation)) return operation;
    const undone = await operator.undoImport(operation.id, batch, options);
    if (!undone.ok) {
      return refused(
        `no import ${batch} in ${operation.name}: import --batches lists what there is`,
      );
    }
    const { deleted, restored, kept, batch: undoing } = undone.value;
    const counts = `${deleted} deleted, ${restored} put back, ${kept.length} kept`;
    const what = options.dryRun ? 'would be: ' : '';
    const named = undoing === null ? '' : ` (batch ${undoing})`;
    return done(`${what}${counts}${named}\n`, kept.map(keptText));
  });
}

function keptText({ kind, name, because, fields }: UndoResult['kept'][number]): string {
  if (because === 'used') return `kept: ${kind} ${name}: what stays names it`;
  const what = fields.length === 0 ? '' : `${fields.join(', ')} `;
  return `kept: ${kind} ${name}: ${what}changed since`;
}

/** The imports of an operation: `import --batches --operation NAME`. */
export function listImports(name: string): Promise<Outcome> {
  return withStore(async (operator) => {
    const operation = await chosenOperation(operator, name);
    if (isOutcome(operation)) return operation;
    const batches = await operator.batches(operation.id);
    return done(batches.map((one) => `${JSON.stringify(one)}\n`).join(''));
  });
}
