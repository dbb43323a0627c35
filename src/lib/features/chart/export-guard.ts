import { createContext } from 'svelte';

/**
 * Whether what a screen draws counts convoys that are under way: then nothing of it is exported or
 * copied (docs/security.md, Movements). The report leaves them out and can be handed on.
 */
const [getGuard, setExportGuard] = createContext<() => boolean>();
export { setExportGuard };

/** The guard of the screen; where none is set (the report's pages), what is drawn may leave. */
export function getExportGuard(): () => boolean {
  try {
    return getGuard();
  } catch {
    return () => false;
  }
}
