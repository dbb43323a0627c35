import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { copyWithout } from './mutate.ts';
import { MUTATIONS, type Mutation } from './mutations.ts';

/**
 * The long run, on all cores: fresh histories in pieces, and then every protection taken out in
 * turn, which the histories have to notice. `--first` and `--count` choose the seeds, so that what
 * was cut off goes on where it was (it says how); `--only TEXT` chooses the protections, and
 * `--count 0` plays those alone. The last line is the sum.
 */
const { values } = parseArgs({
  options: {
    first: { type: 'string', default: '1' },
    count: { type: 'string', default: '20000' },
    only: { type: 'string' },
  },
});
const first = Number(values.first);
const count = Number(values.count);
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const LANES = availableParallelism();
/** Histories of one process: a piece that is cut off is played again whole. */
const PIECE = 200;
/** Far more than any protection needs. */
const MOST_FOR_MUTATION = 600;
const begun = Date.now();
const isOver = new AbortController();
process.once('SIGINT', () => isOver.abort());
process.once('SIGTERM', () => isOver.abort());

interface Piece {
  readonly first: number;
  readonly count: number;
  failed: readonly number[];
  isDone: boolean;
}

const pieces = piecesOf(first, count);
await inLanes(pieces, async (piece) => {
  const args = ['--first', String(piece.first), '--count', String(piece.count)];
  const output = await run([MAIN, ...args]);
  if (isOver.signal.aborted) return;
  // Whatever a process does that says no sum has failed, all of it.
  const hasSum = /^seeds \d+ to \d+: /mu.test(output);
  piece.failed = hasSum ? seedsIn(output) : [piece.first];
  piece.isDone = true;
  if (piece.failed.length > 0) process.stdout.write(output);
  const played = pieces.filter(({ isDone }) => isDone).reduce((sum, one) => sum + one.count, 0);
  console.log(`${minutes()}: ${played} of ${count} histories, ${failures().length} failed`);
});
// Cut down one after the other: each is added to the same file.
for (const seed of isOver.signal.aborted ? [] : failures().slice(0, 10)) {
  console.log(await run([MAIN, '--first', String(seed), '--count', '1', '--keep']));
}

const chosen = MUTATIONS.filter(({ removes }) => removes.includes(values.only ?? ''));
const unnoticed: string[] = [];
let tried = 0;
await inLanes(chosen, async (mutation) => {
  const noticed = await historiesUntilNoticed(mutation);
  if (isOver.signal.aborted) return;
  tried += 1;
  if (noticed === undefined) unnoticed.push(mutation.removes);
  const verdict = noticed === undefined ? 'NOT NOTICED' : `noticed after ${noticed} histories`;
  console.log(
    `${minutes()}: ${tried} of ${chosen.length}, without ${mutation.removes}: ${verdict}`,
  );
});

const left = pieces.find(({ isDone }) => !isDone);
if (left) {
  const rest = `--first ${left.first} --count ${first + count - left.first}`;
  console.log(`goes on with: npm run test:faults -- --long ${rest}`);
}
const isWhole = !left && tried === chosen.length;
const isGood = isWhole && failures().length === 0 && unnoticed.length === 0;
const played = pieces.filter(({ isDone }) => isDone).reduce((sum, one) => sum + one.count, 0);
console.log(
  `long run ${isGood ? 'passed' : 'FAILED'} in ${minutes()}: ` +
    `${played} of ${count} histories from seed ${first}, failed: ${failures().join() || 'none'}; ` +
    `${tried} of ${chosen.length} protections, not noticed: ${unnoticed.join('; ') || 'none'}`,
);
process.exitCode = isGood ? 0 : 1;

function piecesOf(from: number, all: number): Piece[] {
  return Array.from({ length: Math.ceil(all / PIECE) }, (_, index) => {
    const at = index * PIECE;
    const size = Math.min(PIECE, all - at);
    return { first: from + at, count: size, failed: [], isDone: false };
  });
}

function failures(): number[] {
  return pieces.flatMap(({ failed }) => failed);
}

function seedsIn(output: string): number[] {
  return [...output.matchAll(/^\{"seed":(?<seed>\d+)/gmu)].map(({ groups }) =>
    Number(groups?.['seed']),
  );
}

/** Undefined: they do not notice that this protection is missing. */
async function historiesUntilNoticed(mutation: Mutation): Promise<number | undefined> {
  const { main, folder } = copyWithout(mutation);
  try {
    const args = ['--first', '1', '--count', String(MOST_FOR_MUTATION), '--stop', '--kept'];
    const played = /^\{"seed":\d+,"played":(?<played>\d+)/mu.exec(await run([main, ...args]));
    return played ? Number(played.groups?.['played']) : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      if (isOver.signal.aborted) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

function run(args: readonly string[]): Promise<string> {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  const child = spawn(process.execPath, args, { stdio });
  const stop = (): void => void child.kill();
  isOver.signal.addEventListener('abort', stop);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve) =>
    child.once('close', () => {
      isOver.signal.removeEventListener('abort', stop);
      resolve(output);
    }),
  );
}

function minutes(): string {
  return `${((Date.now() - begun) / 60_000).toFixed(1)} min`;
}
