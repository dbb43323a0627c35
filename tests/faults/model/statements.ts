import { StatementSync } from 'node:sqlite';

let left = Infinity;
let onReached = (): void => undefined;

/** Calls back once, before SQLite runs so many more statements: that is where a process can die. */
export function beforeStatement(count: number, reached: () => void): void {
  left = count;
  onReached = reached;
}

for (const method of ['all', 'run', 'iterate'] as const) {
  const run = StatementSync.prototype[method] as (...values: unknown[]) => unknown;
  Object.defineProperty(StatementSync.prototype, method, {
    value: function count(this: StatementSync, ...values: unknown[]): unknown {
      left -= 1;
      if (left === -1) onReached();
      return run.apply(this, values);
    },
  });
}
