/** `npm start`: builds if the sources have changed since the last build, and serves. */
import { ensureBuilt } from './ensure-built.ts';

if (await ensureBuilt()) await import('../src/server-entry.ts');
else process.exitCode = 1;
