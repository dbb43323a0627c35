import { type NamedOperation, openOperator, type Operator } from '#lib/server/operator.ts';
import { noStore, type Outcome, refused } from './outcome.ts';

/** Does something with the store that the environment names, and closes it. */
export async function withStore(run: (operator: Operator) => Promise<Outcome>): Promise<Outcome> {
  const opened = await openOperator(process.env);
  if (!opened.ok) return noStore(opened.error.reason);
  try {
    return await run(opened.value);
  } finally {
    await opened.value.close();
  }
}

/** The operation of that name, or the only one; otherwise what there is. */
export async function chosenOperation(
  operator: Operator,
  name: string | undefined,
): Promise<NamedOperation | Outcome> {
  const all = await operator.operations();
  const only = all.length === 1 ? all[0] : undefined;
  const found = name === undefined ? only : await operator.findOperation(name);
  if (found) return found;
  const names = all.map((operation) => operation.name).join(', ') || 'none yet';
  const what = name === undefined ? 'name one with --operation' : `no operation ${name}`;
  return refused(`${what} (there is: ${names})`);
}

export const isOutcome = (value: object): value is Outcome => 'code' in value;
