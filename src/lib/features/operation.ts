import { createContext } from 'svelte';
import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';

/** The operation that is open on this device; screens inside it may rely on one. */
const [getOperation, setOperation] = createContext<() => OpenOperation>();
export { getOperation, setOperation };
