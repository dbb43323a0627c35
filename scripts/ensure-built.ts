import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MOST_FOR_A_PAGE, weigh, type BuildSizes, type Chunk } from './build-sizes.ts';
import { sourceHash } from './source-hash.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const BUILD = join(root, 'build');
const NEXT = join(root, '.svelte-kit', 'build-next');
const OLD = join(root, '.svelte-kit', 'build-old');
const LOCK = join(root, '.svelte-kit', 'build.lock');
const MANIFEST = join(root, '.svelte-kit/output/client/.vite/manifest.json');
const NAME = 'sources';
const SIZES = 'sizes.json';
const IMMUTABLE = join('client', '_app', 'immutable');

/** A tab that was opened before this many days gets its old files no longer, and reloads. */
const KEEP_DAYS = 60;
const LOCK_MS = 10 * 60_000;

/** Builds when the sources have changed since the last build. */
export async function ensureBuilt(): Promise<boolean> {
  return isBuilt() || (await alone(() => isBuilt() || build()));
}

/** Builds, whether the sources have changed or not. */
export function buildAnew(): Promise<boolean> {
  return alone(build);
}

/** Two builds at a time wait for each other. */
async function alone(work: () => boolean): Promise<boolean> {
  const deadline = Date.now() + LOCK_MS;
  while (!takeLock()) {
    if (Date.now() > deadline) throw new Error(`another build does not end: ${LOCK}`);
    await sleep(250);
  }
  try {
    return work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

/** Builds beside the last build and puts the new one in its place only when it is whole. */
function build(): boolean {
  const hash = sourceHash();
  rmSync(NEXT, { recursive: true, force: true });
  console.log('Building Crossline: this takes up to a minute, and only when the sources changed.');
  // what a test runner says of itself would make another build
  const { TEST: _test, VITEST: _vitest, ...env } = process.env;
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const made = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...env, CROSSLINE_BUILD_OUT: NEXT, NODE_ENV: 'production' },
  });
  if (made.status !== 0) return false;
  const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, Chunk>;
  const sizes = weigh(NEXT, manifest);
  if (!isLightEnough(sizes)) return false;
  writeFileSync(join(NEXT, SIZES), JSON.stringify(sizes));
  keepOlderFiles(join(BUILD, IMMUTABLE), join(NEXT, IMMUTABLE));
  writeFileSync(join(NEXT, NAME), hash);
  rmSync(OLD, { recursive: true, force: true });
  if (existsSync(BUILD)) renameSync(BUILD, OLD);
  renameSync(NEXT, BUILD);
  rmSync(OLD, { recursive: true, force: true });
  return true;
}

function isLightEnough({ toStart, toLog, heaviestPage, precached }: BuildSizes): boolean {
  const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1024)} KB`;
  console.log(
    `To the first screen ${kilobytes(toStart)}, to a logged convoy ${kilobytes(toLog)}, heaviest page ` +
      `${kilobytes(heaviestPage)}, all that is kept offline ${kilobytes(precached)} (gzip).`,
  );
  if (Math.max(toLog, heaviestPage) <= MOST_FOR_A_PAGE) return true;
  console.error(
    `A page, and logging, may weigh ${kilobytes(MOST_FOR_A_PAGE)}: load what it rarely needs later.`,
  );
  return false;
}

function isBuilt(): boolean {
  const path = join(BUILD, NAME);
  return existsSync(path) && readFileSync(path, 'utf8') === sourceHash();
}

/** A page that was opened before a deployment asks for its own chunks: they stay for a while. */
function keepOlderFiles(from: string, to: string): void {
  if (!existsSync(from)) return;
  const oldest = Date.now() - KEEP_DAYS * 86_400_000;
  cpSync(from, to, {
    recursive: true,
    force: false,
    preserveTimestamps: true,
    filter: (path) => statSync(path).isDirectory() || statSync(path).mtimeMs > oldest,
  });
}

function takeLock(): boolean {
  mkdirSync(join(root, '.svelte-kit'), { recursive: true });
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (existsSync(LOCK) && !isAlive(Number(readFileSync(LOCK, 'utf8')))) {
      rmSync(LOCK, { force: true });
    }
    return false;
  }
}

function isAlive(pid: number): boolean {
  if (pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
