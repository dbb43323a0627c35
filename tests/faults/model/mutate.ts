import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Mutation } from './mutations.ts';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A copy of the project with one protection taken out, and what plays its histories. */
export function copyWithout(mutation: Mutation): {
  readonly folder: string;
  readonly main: string;
} {
  const folder = mkdtempSync(join(tmpdir(), 'crossline-mutation-'));
  for (const path of [
    'src',
    'package.json',
    'tests/faults/model',
    'tests/faults/server/seed.ts',
    'tests/faults/server/endpoints-by-path.ts',
  ]) {
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const file = join(folder, mutation.file);
  const source = readFileSync(file, 'utf8');
  if (source.split(mutation.find).length !== 2) {
    throw new Error(`${mutation.removes}: "${mutation.find}" is not once in ${mutation.file}`);
  }
  writeFileSync(
    file,
    source.replace(mutation.find, () => mutation.put),
  );
  return { folder, main: join(folder, 'tests/faults/model/main.ts') };
}
