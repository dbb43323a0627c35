/**
 * `npm run test:faults`: real servers and databases, killed and restarted. With `--long`: 20,000
 * histories of many devices from a seed of its own (printed), and every protection of the sync taken
 * out in turn, which the histories have to notice. The rest goes to vitest.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { long: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const seed = process.env['CROSSLINE_SEED'] ?? String(1 + Math.floor(Math.random() * 1e9));
const long = { CROSSLINE_LONG: 'yes', CROSSLINE_HISTORIES: '20000', CROSSLINE_SEED: seed };
if (values.long) console.log(`CROSSLINE_SEED=${seed}`);
const { status } = spawnSync('vitest', ['run', '--project=faults', ...positionals], {
  stdio: 'inherit',
  env: { ...(values.long ? long : {}), ...process.env },
});
process.exitCode = status ?? 1;
