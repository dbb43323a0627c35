import { ensureBuilt } from '../../scripts/ensure-built.ts';

/** Before the first test: a build takes longer on a busy machine than a test is given. */
export default async function buildFirst(): Promise<void> {
  if (!(await ensureBuilt())) throw new Error('the build failed');
}
