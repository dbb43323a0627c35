import { relative } from 'node:path';
import type { Plugin } from 'vite';
import { reachedFiles } from './reached-files.ts';

/** What every page begins with, and the lock. */
const START = ['src/routes/+layout.svelte'];
/** What is open once it is unlocked, and the way to a saved convoy. */
const LOGGING = [
  'src/lib/client/state/gate.ts',
  'src/lib/features/shell/OpenFrame.svelte',
  'src/lib/features/convoy/LogHome.svelte',
  'src/lib/features/convoy/LogScreen.svelte',
  'src/lib/features/convoy/KnownConvoys.svelte',
  'src/lib/domain/records/warnings/warnings-of-edits.ts',
];

/**
 * Puts what the first screens share into two files: as the sixty that a bundler makes of it by who
 * imports what, it weighs a sixth more (ADR 0125).
 */
export function firstChunks(root: string): Plugin {
  const start = reachedFiles(START);
  const logging = reachedFiles(LOGGING);
  const isIn = (files: ReadonlySet<string>) => (id: string) =>
    files.has(relative(root, id.replace(/\?.*$/, '')));
  return {
    name: 'crossline:first-chunks',
    config: () => ({
      environments: {
        client: {
          build: {
            rolldownOptions: {
              output: {
                codeSplitting: {
                  groups: [
                    { name: 'start', test: isIn(start), priority: 2 },
                    { name: 'logging', test: isIn(logging), priority: 1 },
                  ],
                },
              },
            },
          },
        },
      },
    }),
  };
}
