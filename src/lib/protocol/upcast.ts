import { SCHEMA, type Change } from '#lib/changes/change.ts';

/** Takes a change written under one schema to the next. Fields are only ever added or split. */
export type Upcast = (change: Change) => Change;

/** `UPCASTS[n]` takes schema n to n + 1. The first schema has nothing before it. */
const UPCASTS: Readonly<Record<number, Upcast>> = {};

/**
 * A change as the newest schema says it: groups are kept and sent as they were signed, and read
 * like this on every side. A change of a newer app is left as it is, and its unknown fields kept.
 */
export function upcast(
  change: Change,
  steps: Readonly<Record<number, Upcast>> = UPCASTS,
  newest: number = SCHEMA,
): Change {
  let current = change;
  for (let schema = change.schema; schema < newest; schema++) {
    const step = steps[schema];
    if (!step) throw new Error(`no way from schema ${schema} to ${schema + 1}`);
    current = { ...step(current), schema: schema + 1 };
  }
  return current;
}
