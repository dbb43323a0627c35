import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A step that does not end by then has failed. */
const MOST_MS = 30 * 60_000;

export interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

export interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
}

/**
 * Runs steps, at most `lanes` at a time, each to its end even when another has failed. Beside
 * others a step's output is shown when it ends; alone, as it comes.
 */
export async function runSteps(steps: readonly Step[], lanes = 1): Promise<Outcome[]> {
  const waiting = [...steps];
  const outcomes: Outcome[] = [];
  const lane = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      outcomes.push(await run(step, lanes === 1));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return outcomes;
}

/** One line for each step; true when all have passed. */
export function report(outcomes: readonly Outcome[]): boolean {
  console.log('');
  for (const { name, passed, seconds } of outcomes) {
    console.log(`${passed ? 'ok    ' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s)`);
  }
  return outcomes.every(({ passed }) => passed);
}

function run({ name, command }: Step, live: boolean): Promise<Outcome> {
  const [program = '', ...rest] = command;
  const start = performance.now();
  return new Promise((resolve) => {
    if (live) console.log(`\n── ${name}`);
    const child = spawn(program, rest, {
      cwd: root,
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
      timeout: MOST_MS,
    });
    const output: Buffer[] = [];
    child.stdout?.on('data', (part: Buffer) => output.push(part));
    child.stderr?.on('data', (part: Buffer) => output.push(part));
    const end = (passed: boolean): void => {
      if (!live) process.stdout.write(`\n── ${name}\n${Buffer.concat(output).toString('utf8')}`);
      resolve({ name, passed, seconds: (performance.now() - start) / 1000 });
    };
    child.once('error', (error) => {
      output.push(Buffer.from(`${error.message}\n`));
      end(false);
    });
    child.once('close', (code) => end(code === 0));
  });
}
