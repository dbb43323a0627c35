import { createContext } from 'svelte';
import type { Reader } from '#lib/statements/render.ts';

/** For whom sentences are written, and how records are called to him; read it where it is used. */
const [getReader, setReader] = createContext<() => Reader>();
export { getReader, setReader };
