import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Source files that these import for good, through others too; what is imported later is not there. */
export function reachedFiles(starts: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [...starts];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file) || !/\.(ts|svelte)$/.test(file) || !existsSync(file)) continue;
    seen.add(file);
    const text = readFileSync(file, 'utf8').replaceAll(/^\s*import type [^;]*;/gm, '');
    for (const [, path = ''] of text.matchAll(/(?:from|import) '([#.][^']+)'/g)) {
      waiting.push(path.startsWith('#') ? join('src', path.slice(1)) : join(dirname(file), path));
    }
  }
  return seen;
}
