import type { Step } from './run-steps.ts';
import { withReport } from './test-reports.ts';

/** What every check stands on: SvelteKit's own types. */
export const prepare: Step = { name: 'prepare', command: ['svelte-kit', 'sync'] };

/**
 * Format, lint, layers, types and unit tests, the longest first. None writes what another reads.
 * With a folder, the test runner also writes its report there.
 */
export function checks(reports?: string): readonly Step[] {
  return [
    { name: 'lint', command: ['eslint', '.', '--max-warnings=0'] },
    {
      name: 'unit tests',
      command: withReport(['vitest', 'run', '--project=node'], reports, 'unit'),
    },
    { name: 'components', command: ['svelte-check', '--fail-on-warnings', '--output=human'] },
    { name: 'layers', command: ['depcruise', 'src', '--config', '.dependency-cruiser.js'] },
    { name: 'pure rooms', command: ['tsc', '-p', 'tsconfig.pure.json'] },
    { name: 'service worker', command: ['tsc', '-p', 'tsconfig.service-worker.json'] },
    { name: 'format', command: ['prettier', '--check', '--log-level=warn', '.'] },
    { name: 'unused', command: ['knip'] },
  ];
}
