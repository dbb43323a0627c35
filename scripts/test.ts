/**
 * `npm test`: everything that is checked before a release, each part to its end. Its last line is
 * the sum of all test runners; a check that is no test (format, types, …) counts when it fails.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { report, runSteps } from './run-steps.ts';
import { sumReports, withReport } from './test-reports.ts';

const folder = mkdtempSync(join(tmpdir(), 'crossline-tests-'));
process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] = join(folder, 'e2e.json');

const outcomes = await runSteps([
  { name: 'Chromium', command: ['node', 'scripts/ensure-chromium.ts'] },
  { name: 'verify', command: ['node', 'scripts/verify.ts', `--reports=${folder}`] },
  { name: 'build', command: ['node', 'scripts/build.ts'] },
  {
    name: 'component tests',
    command: withReport(['vitest', 'run', '--project=browser'], folder, 'browser'),
  },
  {
    name: 'fault tests',
    command: withReport(['vitest', 'run', '--project=faults'], folder, 'faults'),
  },
  { name: 'whole ways', command: ['playwright', 'test', '--reporter=list,json'] },
]);

const sum = sumReports(folder);
rmSync(folder, { recursive: true, force: true });
const allPassed = report(outcomes);
const failed = Math.max(sum.failed, allPassed ? 0 : 1);
console.log(`${sum.passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
