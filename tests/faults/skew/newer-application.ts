import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * What the next version of the application changes: `name` of a locality is also said as `written`,
 * as when a field is split, and a locality has a `depth` of which this version knows nothing.
 */
const PATCHES = [
  {
    file: 'src/lib/changes/change.ts',
    find: 'export const SCHEMA = 1;',
    put: 'export const SCHEMA = 2;',
  },
  {
    file: 'src/lib/protocol/upcast.ts',
    find: 'const UPCASTS: Readonly<Record<number, Upcast>> = {};',
    put: `const UPCASTS: Readonly<Record<number, Upcast>> = {
      1: (change) => {
        const { name } = change.fields;
        if (change.kind !== 'locality' || !name) return change;
        return { ...change, fields: { ...change.fields, written: name } };
      },
    };`,
  },
  {
    file: 'src/lib/domain/records/schemas.ts',
    find: 'export const localityFields = {',
    put: 'export const localityFields = {\n  written: line,\n  depth: v.number(),',
  },
];

/** The newer application beside this one: a copy of the code with its changes. */
export function newerApplication(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'crossline-newer-'));
  for (const path of ['src', 'package.json', 'tests/faults']) {
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const { file, find, put } of PATCHES) {
    const source = readFileSync(join(folder, file), 'utf8');
    if (source.split(find).length !== 2) throw new Error(`"${find}" is not once in ${file}`);
    writeFileSync(
      join(folder, file),
      source.replace(find, () => put),
    );
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
