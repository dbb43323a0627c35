import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Failure } from './history.ts';
import type { History } from './operations.ts';

const FILE = fileURLToPath(new URL('seeds.json', import.meta.url));

/** A history that failed once, or fails without one protection; cut down to what it needs. */
export interface KeptHistory extends History {
  readonly rule: string;
}

export function keptHistories(): readonly KeptHistory[] {
  return JSON.parse(readFileSync(FILE, 'utf8')) as KeptHistory[];
}

/** Adds a history that failed to those that are played first from now on. */
export function keepFailing(history: History, { rule }: Failure): void {
  const kept = [...keptHistories(), { rule, ...history }];
  writeFileSync(FILE, `${JSON.stringify(kept, null, 2)}\n`);
}
