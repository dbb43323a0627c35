/** The command line: `npm run crossline -- COMMAND` (docs/cli.md). */
import { run } from './command.ts';
import { EXIT } from './outcome.ts';

// A reader that closes early (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.usage);
});

const outcome = await run(process.argv.slice(2));
for (const note of outcome.notes) process.stderr.write(note.endsWith('\n') ? note : `${note}\n`);
process.stdout.write(outcome.out);
process.exitCode = outcome.code;
