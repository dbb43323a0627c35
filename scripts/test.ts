/**
 * `npm test`: everything that is checked before a release, each part to its end. Its last line is
 * the sum of all test runners; a check that is no test (format, types, …) counts when it fails.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checks, prepare } from './checks.ts';
import { report, runSteps } from './run-steps.ts';
import { sumReports, withReport } from './test-reports.ts';

const folder = mkdtempSync(join(tmpdir(), 'crossline-tests-'));
process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] = join(folder, 'e2e.json');

// Many processes of the same code: what one has made of it the next ones read.
process.env['NODE_COMPILE_CACHE'] = join(folder, 'compiled');

const outcomes = [
  ...(await runSteps([
    { name: 'Chromium', command: ['node', 'scripts/ensure-chromium.ts'] },
    prepare,
  ])),
  ...(await runSteps(
    [
      ...checks(folder),
      {
        name: 'component tests',
        command: withReport(['vitest', 'run', '--project=browser'], folder, 'browser'),
      },
      { name: 'build', command: ['node', 'scripts/build.ts'] },
    ],
    2,
  )),
  // Each runs two files at a time and waits, for processes and networks, for half of its time.
  ...(await runSteps(
    [
      { name: 'whole ways', command: ['playwright', 'test', '--reporter=list,json'] },
      {
        name: 'fault tests',
        command: withReport(['vitest', 'run', '--project=faults'], folder, 'faults'),
      },
    ],
    2,
  )),
];

const sum = sumReports(folder);
rmSync(folder, { recursive: true, force: true });
const allPassed = report(outcomes);
const failed = Math.max(sum.failed, allPassed ? 0 : 1);
console.log(`${sum.passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
