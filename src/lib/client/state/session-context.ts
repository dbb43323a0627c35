import { createContext } from 'svelte';
import type { Session } from './session.svelte.ts';

/** The session of this page, for every component below the layout that made it. */
export const [useSession, provideSession] = createContext<Session>();
