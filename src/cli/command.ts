import { idsApart } from './id-arguments.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { USAGE } from './usage.ts';

type Command = (args: readonly string[]) => Promise<Outcome>;

/** Loaded when they are run: a report from files needs no store. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  report: async () => (await import('./report.ts')).report,
  import: async () => (await import('./import.ts')).importFiles,
  invite: async () => (await import('./people.ts')).invite,
  devices: async () => (await import('./people.ts')).devices,
  revoke: async () => (await import('./people.ts')).revoke,
  relay: async () => (await import('./relay.ts')).relay,
  verify: async () => (await import('./store-care.ts')).verify,
  backup: async () => (await import('./store-care.ts')).backup,
  restore: async () => (await import('./store-care.ts')).restore,
};

/** Runs a command with its arguments; wrong usage is an outcome too. */
export async function run([name, ...args]: readonly string[]): Promise<Outcome> {
  if (name === undefined) return refused(USAGE);
  if (name === '--help' || name === '-h' || name === 'help') return done(USAGE);
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) return refused(`unknown command: ${name}`, USAGE);
  const command = await load();
  try {
    return await command(idsApart(args));
  } catch (error) {
    // What parseArgs throws: an unknown option, a missing value.
    const isUsage = error instanceof TypeError && /^ERR_PARSE_ARGS/.test(codeOf(error));
    if (isUsage) return refused(error.message, USAGE);
    throw error;
  }
}

const codeOf = (error: Error): string => String((error as NodeJS.ErrnoException).code ?? '');
