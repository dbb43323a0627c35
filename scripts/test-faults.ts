/**
 * `npm run test:faults`: real servers and databases, killed and restarted. With `--long` that, then
 * 20,000 histories of many devices from a seed of its own (printed) on all cores, and every
 * protection of the sync taken out in turn, which the histories have to notice; `--first`, `--count`
 * and `--only` are those of tests/faults/model/long.ts, and with one of them that part runs alone.
 * The rest goes to vitest.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: {
    long: { type: 'boolean', default: false },
    first: { type: 'string' },
    count: { type: 'string' },
    only: { type: 'string' },
  },
  allowPositionals: true,
});
const { long: isLong, ...given } = values;
const isPart = isLong && Object.values(given).some((value) => value !== undefined);
const passed = [
  isPart || run('vitest', ['run', '--project=faults', ...positionals]),
  !isLong || run(process.execPath, ['tests/faults/model/long.ts', ...longArguments()]),
];
if (isLong && !isPart) console.log(`other fault tests ${passed[0] ? 'passed' : 'FAILED'}`);
process.exitCode = passed.every(Boolean) ? 0 : 1;

function longArguments(): string[] {
  const first = given.first ?? String(1 + Math.floor(Math.random() * 1e9));
  return Object.entries({ ...given, first }).flatMap(([name, value]) => [`--${name}`, value]);
}

function run(command: string, args: readonly string[]): boolean {
  const env = { ...(isLong ? { CROSSLINE_LONG: 'yes' } : {}), ...process.env };
  return spawnSync(command, args, { stdio: 'inherit', env }).status === 0;
}
