import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { sourceHash } from './source-hash.js';

const MARK = 'build/sources.txt';
const IMMUTABLE = 'build/client/_app/immutable';
const KEPT = '.svelte-kit/kept-immutable';
const KEEP_DAYS = 60;

/** Whether `build/` was made from the sources as they are now. */
export function isBuilt(): boolean {
  return existsSync(MARK) && readFileSync(MARK, 'utf8') === sourceHash();
}

/**
 * Builds the application. The chunks of earlier builds stay beside the new ones for 60 days: a page
 * that was opened before a deployment can still load what it needs.
 */
export function build(): void {
  keepOldChunks();
  const vite = join('node_modules', 'vite', 'bin', 'vite.js');
  const made = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (made.status !== 0) throw new Error('The build failed; see above. Nothing was started.');
  if (existsSync(KEPT)) cpSync(KEPT, IMMUTABLE, { recursive: true, force: false });
  writeFileSync(MARK, sourceHash());
}

function keepOldChunks(): void {
  if (!existsSync(IMMUTABLE)) return;
  const oldest = Date.now() - KEEP_DAYS * 86_400_000;
  rmSync(KEPT, { recursive: true, force: true });
  mkdirSync('.svelte-kit', { recursive: true });
  renameSync(IMMUTABLE, KEPT);
  for (const entry of readdirSync(KEPT, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && statSync(path).mtimeMs < oldest) rmSync(path);
  }
}

if (import.meta.main) build();
