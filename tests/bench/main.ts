/**
 * `npm run bench`: every budget that can be measured here, a line of JSON each. `--only TEXT` runs
 * the benches whose name holds the text. Times are those of this machine and of what else it does.
 */
import { parseArgs } from 'node:util';
import { availableParallelism, loadavg } from 'node:os';
import { type Bench, beside } from './measure.ts';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });

const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  gaps: async () => (await import('./gaps.bench.ts')).gapsBench,
  import: async () => (await import('./import.bench.ts')).importBench,
  pushes: async () => (await import('./pushes.bench.ts')).pushesBench,
  pokes: async () => (await import('./pokes.bench.ts')).pokesBench,
  wire: async () => (await import('./wire.bench.ts')).wireBench,
  sizes: async () => (await import('./sizes.bench.ts')).sizesBench,
  charts: async () => (await import('./charts.bench.ts')).chartsBench,
  'first-sync': async () => (await import('./first-sync.bench.ts')).firstSyncBench,
  'slow-first-sync': async () => (await import('./first-sync.bench.ts')).slowFirstSyncBench,
  'fold-anew': async () => (await import('./fold-anew.bench.ts')).foldAnewBench,
  device: async () => (await import('./device.bench.ts')).deviceBench,
};

/** Above 1 the machine does other work too, and every time here is longer than it takes. */
const busy = (loadavg()[0] ?? 0) / availableParallelism();
console.log(
  JSON.stringify(beside('load of this machine before the first bench', busy, 'per core')),
);

for (const [name, load] of Object.entries(BENCHES)) {
  if (!name.includes(values.only)) continue;
  try {
    const bench = await load();
    for (const line of await bench.run()) console.log(JSON.stringify(line));
  } catch (error) {
    process.exitCode = 1;
    console.error(`${name}:`, error);
  }
}
