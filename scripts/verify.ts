/**
 * `npm run verify`: format, lint, layers, types and unit tests; what to run before each commit.
 * With `--reports=FOLDER`, the test runner also writes its report there.
 */
import { parseArgs } from 'node:util';
import { report, runSteps, type Step } from './run-steps.ts';
import { withReport } from './test-reports.ts';

const { values } = parseArgs({ options: { reports: { type: 'string' } } });

const STEPS: readonly Step[] = [
  { name: 'lint', command: ['eslint', '.', '--max-warnings=0'] },
  {
    name: 'unit tests',
    command: withReport(['vitest', 'run', '--project=node'], values.reports, 'unit'),
  },
  { name: 'components', command: ['svelte-check', '--fail-on-warnings', '--output=human'] },
  { name: 'layers', command: ['depcruise', 'src', '--config', '.dependency-cruiser.js'] },
  { name: 'pure rooms', command: ['tsc', '-p', 'tsconfig.pure.json'] },
  { name: 'service worker', command: ['tsc', '-p', 'tsconfig.service-worker.json'] },
  { name: 'format', command: ['prettier', '--check', '--log-level=warn', '.'] },
  { name: 'unused', command: ['knip'] },
];

const prepared = await runSteps([{ name: 'prepare', command: ['svelte-kit', 'sync'] }]);
process.exitCode = report([...prepared, ...(await runSteps(STEPS, 2))]) ? 0 : 1;
