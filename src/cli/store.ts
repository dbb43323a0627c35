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

/** The operation of that name or id, or the only one; otherwise what there is. */
export async function chosenOperation(
  operator: Operator,
  name: string | undefined,
): Promise<NamedOperation | Outcome> {
  const found = await namedOperation(operator, name);
  if (found) return found;
  const all = await operator.operations();
  const names = all.map((operation) => operation.name).join(', ') || 'none yet';
  const what = name === undefined ? 'name one with --operation' : `no operation ${name}`;
  return refused(`${what} (there is: ${names})`);
}

/** Undefined: there is none. Of several with that name none is guessed. */
export async function namedOperation(
  operator: Operator,
  name: string | undefined,
): Promise<NamedOperation | Outcome | undefined> {
  if (name === undefined) {
    const all = await operator.operations();
    return all.length === 1 ? all[0] : undefined;
  }
  const found = await operator.findOperations(name);
  if (found.length < 2) return found[0];
  const ids = found.map(({ id }) => id).join(', ');
  return refused(`${found.length} operations are called ${name}: give the id of one (${ids})`);
}

export const isOutcome = (value: object): value is Outcome => 'code' in value;
