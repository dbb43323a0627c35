/** `npm run verify`: format, lint, layers, types and unit tests; what to run before each commit. */
import { checks, prepare } from './checks.ts';
import { report, runSteps } from './run-steps.ts';

const prepared = await runSteps([prepare]);
process.exitCode = report([...prepared, ...(await runSteps(checks(), 2))]) ? 0 : 1;
