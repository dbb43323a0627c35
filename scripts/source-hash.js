import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What a build is made from. Everything else can change without building again. */
const SOURCES = ['src', 'static', 'build-tools', 'package-lock.json', 'svelte.config.js', 'vite.config.ts'];
const TESTS = /\.(test|arbitrary)\.ts$/;

/**
 * One short name for the sources as they are: the version of a build. The same sources have the
 * same name on every machine.
 */
export function sourceHash(root = '.') {
  const hash = createHash('sha256');
  for (const source of SOURCES) addTo(hash, root, source);
  return hash.digest('hex').slice(0, 16);
}

function addTo(hash, root, path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stat) return;
  if (stat.isDirectory()) {
    for (const name of readdirSync(join(root, path)).sort()) addTo(hash, root, `${path}/${name}`);
  } else if (!TESTS.test(path)) {
    hash.update(`${path}\0`).update(readFileSync(join(root, path))).update('\0');
  }
}
