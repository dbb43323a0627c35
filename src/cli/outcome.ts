/** How a command ended (docs/cli.md). */
export const EXIT = { done: 0, rowErrors: 1, usage: 2, noStore: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What a command says: the answer on stdout, what to know beside it on stderr. */
export interface Outcome {
  readonly code: ExitCode;
  readonly out: string;
  readonly notes: readonly string[];
}

export const done = (out: string, notes: readonly string[] = []): Outcome => ({
  code: EXIT.done,
  out,
  notes,
});

/** Wrong usage or an unreadable file: nothing was done. */
export const refused = (...notes: readonly string[]): Outcome => ({
  code: EXIT.usage,
  out: '',
  notes,
});

export const noStore = (reason: string): Outcome => ({
  code: EXIT.noStore,
  out: '',
  notes: [`cannot reach the store: ${reason}`],
});
