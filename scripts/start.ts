import { build, isBuilt } from './build.ts';

/** `npm start`: builds when the sources changed since the last build, then serves. */
if (!isBuilt()) {
  console.log('Building Crossline. This takes about a minute, and only when the sources changed.');
  build();
}
await import('../src/server-entry.ts');
