/** The command line: `npm run crossline -- COMMAND` (docs/cli.md). */
import { done, EXIT, type Outcome, refused } from './outcome.ts';
import { USAGE } from './usage.ts';

type Command = (args: readonly string[]) => Promise<Outcome>;

/** Loaded when they are run: a report from files needs no store. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  report: async () => (await import('./report.ts')).report,
  import: async () => (await import('./import.ts')).importFiles,
  invite: async () => (await import('./people.ts')).invite,
  devices: async () => (await import('./people.ts')).devices,
  revoke: async () => (await import('./people.ts')).revoke,
};

async function run([name, ...args]: readonly string[]): Promise<Outcome> {
  if (name === undefined) return refused(USAGE);
  if (name === '--help' || name === '-h' || name === 'help') return done(USAGE);
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) return refused(`unknown command: ${name}`, USAGE);
  const command = await load();
  try {
    return await command(args);
  } catch (error) {
    // What parseArgs throws: an unknown option, a missing value.
    const isUsage = error instanceof TypeError && /^ERR_PARSE_ARGS/.test(codeOf(error));
    if (isUsage) return refused(error.message, USAGE);
    throw error;
  }
}

const codeOf = (error: Error): string => String((error as NodeJS.ErrnoException).code ?? '');

// A reader that closes early (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.usage);
});

const outcome = await run(process.argv.slice(2));
for (const note of outcome.notes) process.stderr.write(note.endsWith('\n') ? note : `${note}\n`);
process.stdout.write(outcome.out);
process.exitCode = outcome.code;
