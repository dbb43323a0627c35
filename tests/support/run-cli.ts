import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { run } from '../../src/cli/command.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const TIMEOUT = 60_000;

/** Prints the most memory that the process held, in kB, as its last line on stderr. */
const MEASURE =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("maxRSS "+process.resourceUsage().maxRSS))';

export interface CliRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** The most memory held, in MB. */
  readonly memory: number;
}

/** Runs the real command line in a process of its own; `data` is its store's folder. */
export function runCli(args: readonly string[], data?: string): CliRun {
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_NO_WARNINGS: '1' };
  delete env.DATABASE_URL;
  if (data !== undefined) env.CROSSLINE_DATA = data;
  const run = spawnSync(process.execPath, ['--import', MEASURE, MAIN, ...args], {
    encoding: 'utf8',
    env,
    timeout: TIMEOUT,
    maxBuffer: 67_108_864,
  });
  const measured = /maxRSS (\d+)$/.exec(run.stderr);
  return {
    code: run.status,
    out: run.stdout,
    err: run.stderr.replace(/maxRSS \d+$/, ''),
    memory: Number(measured?.[1] ?? NaN) / 1024,
  };
}

/** The same command line in this process: what it answers, without the second that a process takes. */
export async function runCliHere(
  args: readonly string[],
  data: string,
): Promise<Omit<CliRun, 'memory'>> {
  const before = { data: process.env.CROSSLINE_DATA, url: process.env.DATABASE_URL };
  process.env.CROSSLINE_DATA = data;
  delete process.env.DATABASE_URL;
  try {
    const { code, out, notes } = await run(args);
    return { code, out, err: notes.map((note) => `${note.trimEnd()}\n`).join('') };
  } finally {
    if (before.data === undefined) delete process.env.CROSSLINE_DATA;
    else process.env.CROSSLINE_DATA = before.data;
    if (before.url !== undefined) process.env.DATABASE_URL = before.url;
  }
}

export const fixturePath = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

export const examplePath = (name: string): string =>
  fileURLToPath(new URL(`../../static/example/${name}`, import.meta.url));
