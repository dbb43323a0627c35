import { parseArgs } from 'node:util';
import { done, type Outcome, refused } from './outcome.ts';
import { chosenOperation, isOutcome, withStore } from './store.ts';

const ROLES = ['observer', 'logger', 'coordinator', 'owner'] as const;
const MAX_DAYS = 365;
const DEFAULT_DAYS = '7';

/** Prints a link that enrols one device: `invite --role R --name N`. */
export async function invite(args: readonly string[]): Promise<Outcome> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      role: { type: 'string' },
      name: { type: 'string' },
      operation: { type: 'string' },
      days: { type: 'string', default: DEFAULT_DAYS },
    },
  });
  const role = ROLES.find((known) => known === values.role);
  const days = Number(values.days);
  const name = values.name?.trim();
  if (!role) return refused(`--role is one of ${ROLES.join(', ')}`);
  if (!name) return refused('--name is missing');
  if (!Number.isInteger(days) || days < 1 || days > MAX_DAYS) {
    return refused(`--days is a number from 1 to ${MAX_DAYS}`);
  }
  return withStore(async (operator) => {
    const operation = await chosenOperation(operator, values.operation);
    if (isOutcome(operation)) return operation;
    return done(`${await operator.invite(operation.id, { role, name, days })}\n`);
  });
}

/** Lists who is enrolled, and when each device was last heard from: a line of JSON each. */
export async function devices(args: readonly string[]): Promise<Outcome> {
  const { values } = parseArgs({ args: [...args], options: { operation: { type: 'string' } } });
  return withStore(async (operator) => {
    const operation = await chosenOperation(operator, values.operation);
    if (isOutcome(operation)) return operation;
    const listed = await operator.devices(operation.id);
    return done(listed.map((device) => `${JSON.stringify(device)}\n`).join(''));
  });
}

/** Ends a device: as leaving (what it still sends is reviewed) or as lost (nothing is accepted). */
export async function revoke(args: readonly string[]): Promise<Outcome> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { as: { type: 'string' } },
    allowPositionals: true,
  });
  const [device, ...others] = positionals;
  const { as } = values;
  if (device === undefined || others.length > 0)
    return refused('revoke needs the id of one device');
  if (as !== 'leaving' && as !== 'lost') return refused('--as is leaving or lost');
  return withStore(async (operator) =>
    (await operator.revoke(device, as)) ? done('revoked\n') : refused(`no device ${device}`),
  );
}
