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
  /** What it was made of first. */
  readonly name?: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

/** A build of which a page, or logging a convoy, weighs more than this fails (ADR 0181). */
export const MOST_FOR_A_PAGE = 144 * 1024;

/** Kit's start, and what stands around every page. */
const ALWAYS = /\/(app|entry|nodes\/[01])\.js$/;
const FIRST_WORDS = /^messages:.*-first$/;
/** Chunks by their names (build-tools/first-chunks.ts). */
const START = 'start';
const LOGGING = 'logging';
/** Pages of which everything is in the first chunk: home, the log, the form, joining. */
const LEAST_PAGES = 5;
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
  const start = [...always, ...words.slice(0, 1), ...chunksOf(START, manifest)];
  const logging = chunksOf(LOGGING, manifest);
  const pages = keys.filter((key) => /\/nodes\/\d+\.js$/.test(key));
  const inStart = new Set(filesOf(start, manifest));
  const form = pages.filter((key) => {
    const { file, imports = [], dynamicImports = [] } = manifest[key] as Chunk;
    const further = filesOf(imports, manifest).filter((one) => one !== file && !inStart.has(one));
    return dynamicImports.length === 0 && further.length === 0;
  });
  const log = [...start, ...form, ...logging];
  const files = readdirSync(build, { recursive: true, encoding: 'utf8' });
  const worker = sum(
    files.filter((file) => WORKER.test(file)).map((file) => size(join(build, file))),
  );
  if (words.length === 0 || form.length < LEAST_PAGES || worker === 0) throw new Error(UNKNOWN);
  const weights = pages.map((page) => weight(filesOf([...always, page], manifest)));
  const kept = files.filter(isPrecached);
  return {
    toStart: weight(filesOf(start, manifest)),
    toLog: weight(filesOf(log, manifest)) + worker,
    heaviestPage: Math.max(0, ...weights),
    precached: sum(kept.map((file) => size(join(build, file)))),
  };
}

const UNKNOWN = 'build-sizes.ts names what this build does not have';

/** The chunks of this name; an unknown one ends the build, so that nothing is weighed too light. */
function chunksOf(name: string, manifest: Readonly<Record<string, Chunk>>): string[] {
  const found = Object.keys(manifest).filter((key) => manifest[key]?.name === name);
  if (found.length === 0) throw new Error(`${UNKNOWN}: ${name}`);
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
