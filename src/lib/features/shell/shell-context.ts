import { createContext } from 'svelte';

/** What the frame of every screen can do, whatever it shows. */
export interface Shell {
  /** A newer version waits; it is applied at the next change of screen. */
  readonly isUpdateReady: boolean;
  lock(): void;
  quickExit(): void;
  leaveExample(): void;
  wipe(): void;
  setLocale(locale: string): void;
  setDigits(digits: 'latin' | 'arabic'): void;
  readonly settings: {
    locale: string | null;
    digits: 'latin' | 'arabic' | null;
    theme: 'light' | 'dark' | null;
    idleMinutes: number;
    hiddenSeconds: number;
  };
  /** Something is half typed: no update may take the page away. */
  holdUpdate(isHeld: boolean): void;
}

const [getShell, setShell] = createContext<Shell>();
export { getShell, setShell };
