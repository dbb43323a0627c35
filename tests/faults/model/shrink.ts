import { playHistory, type Failure } from './history.ts';
import type { History, Operation } from './operations.ts';
import type { Template } from './template.ts';

const TRIES = 2;

/** The history with everything left out that it does not need to break the same rule. */
export async function shrink(
  template: Template,
  history: History,
  rule: string,
): Promise<{ history: History; failure: Failure | undefined }> {
  let current = history;
  let failure: Failure | undefined;
  const breaks = async (operations: readonly Operation[]): Promise<boolean> => {
    for (let tries = 0; tries < TRIES; tries++) {
      const played = await playHistory(template, { ...history, operations });
      if (played.failure?.rule !== rule) continue;
      failure = played.failure;
      return true;
    }
    return false;
  };
  for (
    let piece = Math.ceil(current.operations.length / 2);
    piece >= 1;
    piece = Math.floor(piece / 2)
  ) {
    for (let at = 0; at < current.operations.length;) {
      const operations = current.operations.toSpliced(at, piece);
      if (await breaks(operations)) current = { ...current, operations };
      else at += piece;
    }
  }
  for (const [at, operation] of current.operations.entries()) {
    for (const simpler of simplerThan(operation)) {
      const operations = current.operations.with(at, simpler);
      if (await breaks(operations)) current = { ...current, operations };
    }
  }
  return { history: current, failure };
}

function simplerThan(operation: Operation): Operation[] {
  if (operation.does === 'together') return [...operation.all];
  if (operation.does !== 'sync') return [];
  const { calls } = operation;
  return calls.map((_, at) => ({ ...operation, calls: calls.slice(0, at) }));
}
