import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What a build weighs, in bytes after gzip. */
export interface BuildSizes {
  /** Scripts and styles to the lock or the join screen, in the heaviest language. */
  readonly toStart: number;
  /** And from there to a convoy that is saved on this phone. */
  readonly toLog: number;
  /** Scripts and styles that a page of Kit's imports before it can be shown, the heaviest page. */
  readonly heaviestPage: number;
  /** Everything that the service worker keeps on the device. */
  readonly precached: number;
}

export interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

/** A build of which a page, or logging a convoy, weighs more than this fails. */
export const MOST_FOR_A_PAGE = 140 * 1024;

/** Kit's start, and what stands around every page. */
const ALWAYS = /\/(app|entry|nodes\/[01])\.js$/;
const FIRST_WORDS = /^messages:.*-first$/;
const START = [/\/LockScreen\.svelte$/, /\/JoinScreen\.svelte$/];
const FORM = 'src/lib/features/convoy/LogScreen.svelte';
/** What unlocking and logging load when they come to it. A test in Chromium weighs the same way. */
const LOG = [
  /\/gate\.ts$/,
  /\/LogHome\.svelte$/,
  /\/LogScreen\.svelte$/,
  /\/KnownConvoys\.svelte$/,
  /\/warnings-of-edits\.ts$/,
];
/** The passphrase's worker, which no manifest names. */
const WORKER = /^client\/.*\/passphrase\.worker-[^/]*\.js$/;

/** Weighs a build; `manifest` is Vite's, for the client, and `build` the adapter's folder. */
export function weigh(build: string, manifest: Readonly<Record<string, Chunk>>): BuildSizes {
  const client = join(build, 'client');
  const size = (path: string): number => gzipSync(readFileSync(path)).length;
  const keys = Object.keys(manifest);
  const weight = (files: Iterable<string>): number =>
    sum([...new Set(files)].map((file) => size(join(client, file))));
  const always = keys.filter((key) => ALWAYS.test(key));
  const words = keys
    .filter((key) => FIRST_WORDS.test(key))
    .sort((one, other) => weight(filesOf([other], manifest)) - weight(filesOf([one], manifest)));
  const start = [...always, ...words.slice(0, 1), ...startScreens(manifest)];
  const form = keys.filter((key) => manifest[key]?.dynamicImports?.includes(FORM)).slice(0, 1);
  const log = [...start, ...form, ...LOG.flatMap((part) => named(part, manifest))];
  const files = readdirSync(build, { recursive: true, encoding: 'utf8' });
  const worker = sum(
    files.filter((file) => WORKER.test(file)).map((file) => size(join(build, file))),
  );
  if (words.length === 0 || form.length === 0 || worker === 0) throw new Error(UNKNOWN);
  const weights = keys
    .filter((key) => /\/nodes\/\d+\.js$/.test(key))
    .map((page) => weight(filesOf([...always, page], manifest)));
  const kept = files.filter(isPrecached);
  return {
    toStart: weight(filesOf(start, manifest)),
    toLog: weight(filesOf(log, manifest)) + worker,
    heaviestPage: Math.max(0, ...weights),
    precached: sum(kept.map((file) => size(join(build, file)))),
  };
}

const UNKNOWN =
  'the way to logging is not in this build: its list (build-sizes.ts) is of another one';

/** The lock's screen comes with every page; where it is a chunk of its own, that one. */
function startScreens(manifest: Readonly<Record<string, Chunk>>): string[] {
  return Object.keys(manifest).filter((key) => START.some((part) => part.test(key)));
}

function named(part: RegExp, manifest: Readonly<Record<string, Chunk>>): string[] {
  const found = Object.keys(manifest).filter((key) => part.test(key));
  if (found.length === 0) throw new Error(`${UNKNOWN}: ${part.source}`);
  return found;
}

/** Files that these chunks import, directly or through others, each once. */
export function filesOf(
  keys: readonly string[],
  manifest: Readonly<Record<string, Chunk>>,
): readonly string[] {
  const seen = new Set<string>();
  const files = new Set<string>();
  const waiting = [...keys];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) continue;
    seen.add(key);
    files.add(chunk.file);
    chunk.css?.forEach((file) => files.add(file));
    waiting.push(...(chunk.imports ?? []));
  }
  return [...files];
}

function isPrecached(file: string): boolean {
  if (!/^(client|prerendered)\//.test(file) || !/\.[a-z0-9]+$/.test(file)) return false;
  return !/\.(gz|br|map)$|(^|\/)(service-worker\.js|version\.json|robots\.txt)$/.test(file);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
