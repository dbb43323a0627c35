import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Mutation } from './mutations.ts';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What the fuzz says of the code with one protection taken out, in a copy of the project. */
export function tryMutation(
  mutation: Mutation,
  first: number,
  count: number,
): { readonly isNoticed: boolean; readonly output: string } {
  const copy = mkdtempSync(join(tmpdir(), 'crossline-mutation-'));
  try {
    for (const path of [
      'src',
      'package.json',
      'tests/faults/model',
      'tests/faults/server/seed.ts',
      'tests/faults/server/endpoints-by-path.ts',
    ]) {
      cpSync(join(ROOT, path), join(copy, path), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    const file = join(copy, mutation.file);
    const source = readFileSync(file, 'utf8');
    if (source.split(mutation.find).length !== 2) {
      throw new Error(`${mutation.removes}: "${mutation.find}" is not once in ${mutation.file}`);
    }
    writeFileSync(
      file,
      source.replace(mutation.find, () => mutation.put),
    );
    const main = join(copy, 'tests/faults/model/main.ts');
    const args = [main, '--first', String(first), '--count', String(count), '--stop', '--kept'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return { isNoticed: status !== 0, output: stdout + stderr };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
