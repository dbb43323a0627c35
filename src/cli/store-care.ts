import { parseArgs } from 'node:util';
import { done, EXIT, type Outcome, refused } from './outcome.ts';
import { withStore } from './store.ts';

/** Checks every invariant of the stored log: a line of JSON for each flaw. */
export async function verify(args: readonly string[]): Promise<Outcome> {
  parseArgs({ args: [...args], options: {} });
  return withStore(async (operator) => {
    const { groups, flaws } = await operator.verify();
    const checked = `${groups} groups checked, ${flaws.length} flaws`;
    const out = flaws.map((flaw) => `${JSON.stringify(flaw)}\n`).join('');
    return { ...done(out, [checked]), code: flaws.length > 0 ? EXIT.rowErrors : EXIT.done };
  });
}

/** Everything of the store, keys included, into one file. */
export async function backup(args: readonly string[]): Promise<Outcome> {
  const file = oneFile(args);
  if (file === undefined) return refused('backup needs the name of one file');
  return withStore((operator) =>
    withFile(file, async () => done(`${(await operator.backup(file)).rows} rows\n`)),
  );
}

/** Puts a backup in the place of everything that the store holds. */
export async function restore(args: readonly string[]): Promise<Outcome> {
  const file = oneFile(args);
  if (file === undefined) return refused('restore needs the name of one file');
  return withStore((operator) =>
    withFile(file, async () => {
      const restored = await operator.restore(file);
      if (restored.ok) return done(`${restored.value.rows} rows\n`);
      const { error } = restored;
      if (error.type === 'store_in_use') {
        return refused('a server runs on this store: stop it first');
      }
      // Line 0: not even packed as a backup is.
      const where = error.line === 0 ? '' : ` from line ${error.line} on`;
      return refused(`${file} is no backup${where}; nothing was changed`);
    }),
  );
}

function oneFile(args: readonly string[]): string | undefined {
  const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
  return positionals.length === 1 ? positionals[0] : undefined;
}

/** A file that cannot be opened is wrong usage; anything else that is thrown is a fault of ours. */
async function withFile(file: string, run: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await run();
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code !== undefined && path !== undefined) return refused(`${file}: ${code}`);
    throw error;
  }
}
