import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What a build weighs, in bytes after gzip. */
export interface BuildSizes {
  /** Scripts and styles that a page of Kit's imports before it can be shown, the heaviest page. */
  readonly heaviestPage: number;
  /** Everything that the service worker keeps on the device. */
  readonly precached: number;
}

export interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

/** A build whose heaviest page weighs more than this fails. */
export const MOST_FOR_A_PAGE = 140 * 1024;

/** Weighs a build; `manifest` is Vite's, for the client, and `build` the adapter's folder. */
export function weigh(build: string, manifest: Readonly<Record<string, Chunk>>): BuildSizes {
  const client = join(build, 'client');
  const size = (path: string): number => gzipSync(readFileSync(path)).length;
  const always = Object.keys(manifest).filter((key) => /\/(app|entry|nodes\/[01])\.js$/.test(key));
  const pages = Object.keys(manifest).filter((key) => /\/nodes\/\d+\.js$/.test(key));
  const weights = pages.map((page) =>
    sum(filesOf([...always, page], manifest).map((file) => size(join(client, file)))),
  );
  const kept = readdirSync(build, { recursive: true, encoding: 'utf8' }).filter(isPrecached);
  return {
    heaviestPage: Math.max(0, ...weights),
    precached: sum(kept.map((file) => size(join(build, file)))),
  };
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
