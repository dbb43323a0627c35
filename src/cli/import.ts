import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type InputFile, readFiles } from '#lib/exchange/read-files.ts';
import type { NamedOperation, Operator } from '#lib/server/operator.ts';
import { fileOptions, readInput } from './input.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { fileErrorText } from './problem-text.ts';
import { withProblems } from './problems.ts';
import { chosenOperation, isOutcome, namedOperation, withStore } from './store.ts';
import { listImports, undoImport } from './undo-import.ts';

const OPTIONS = {
  operation: { type: 'string' },
  kind: { type: 'string' },
  map: { type: 'string', multiple: true },
  'date-order': { type: 'string' },
  as: { type: 'string', default: 'import' },
  'dry-run': { type: 'boolean', default: false },
  create: { type: 'boolean', default: false },
  undo: { type: 'string' },
  batches: { type: 'boolean', default: false },
} as const;

/** Brings files into the store: `import FILE… --operation NAME`; or takes such an import back. */
export async function importFiles(args: readonly string[]): Promise<Outcome> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
  });
  const { operation: name, undo, batches, kind, map, 'date-order': order, as } = values;
  if (undo !== undefined || batches) {
    if (name === undefined) return refused('import needs --operation NAME');
    if (positionals.length > 0 || values.create || (batches && undo !== undefined)) {
      return refused('import takes files, or --undo BATCH, or --batches: one of them');
    }
    const options = { as: values.as, dryRun: values['dry-run'] };
    return undo === undefined ? listImports(name) : undoImport(name, undo, options);
  }
  if (positionals.length === 0) return refused('import needs a file');
  if (name === undefined) return refused('import needs --operation NAME');
  const options = fileOptions(values);
  if (!options.ok) return refused(options.error);
  const files = await readInput(positionals);
  if (!files.ok) return refused(...files.error);

  return withStore(async (operator) => {
    // Before the store is touched: a file that cannot be read makes no operation.
    const alone = readFiles(files.value, { ...options.value, operation: name });
    if (!alone.ok) return refused(...alone.error.map(fileErrorText));
    const chosen = await chosenOrNew(operator, name, values.create && !values['dry-run']);
    if (isOutcome(chosen)) return chosen;
    const { operation, notes } = chosen;
    const basis = await operator.importBasis(operation.id);
    const read = readFiles(files.value, { ...options.value, ...basis, operation: operation.id });
    if (!read.ok) return refused(...read.error.map(fileErrorText));
    const result = await operator.importRecords(operation.id, read.value.records, {
      as: values.as,
      dryRun: values['dry-run'],
      batch: batchOf(operation.id, { kind, map, order, as }, files.value),
    });
    const { created, changed, unchanged, conflicts, batch } = result;
    const counts = `${created} created, ${changed} changed, ${unchanged} unchanged`;
    const what = values['dry-run'] ? 'would be: ' : '';
    const named = batch === null ? '' : ` (batch ${batch})`;
    const told = conflicts === 0 ? notes : [...notes, conflictText(conflicts)];
    return withProblems(done(`${what}${counts}${named}\n`, told), read.value);
  });
}

async function chosenOrNew(
  operator: Operator,
  name: string,
  mayCreate: boolean,
): Promise<{ operation: NamedOperation; notes: readonly string[] } | Outcome> {
  const found = mayCreate
    ? await namedOperation(operator, name)
    : await chosenOperation(operator, name);
  if (found) return isOutcome(found) ? found : { operation: found, notes: [] };
  const { ownerLink, ...operation } = await operator.createOperation(name);
  return { operation, notes: [`new operation ${name}; become its owner: ${ownerLink}`] };
}

const conflictText = (records: number): string =>
  `warning: ${records} ${records === 1 ? 'record says' : 'records say'} something else than people wrote since: both stand, and Review shows them`;

/**
 * The same files imported in the same way are one batch: an import that was broken off and is run
 * again is undone as one. `how`: what decides how the files are read, and in whose name.
 */
function batchOf(
  operation: string,
  how: Readonly<Record<string, unknown>>,
  files: readonly InputFile[],
): string {
  const hash = createHash('sha256').update(JSON.stringify([operation, how]));
  for (const { content } of files) hash.update('\n').update(content);
  return hash.digest('base64url').slice(0, 22);
}
