import { untrack } from 'svelte';
import { LensState } from '#lib/client/state/lens.svelte.ts';
import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import { getOperation } from './operation.ts';

/** Goes with its operation: when the device locks, nobody holds it any more. */
const lenses = new WeakMap<OpenOperation, LensState>();

/** What the screens of the open operation are looked at through; asked once, when a screen is made. */
export function getLens(): LensState {
  const operation = untrack(getOperation());
  const known = lenses.get(operation);
  if (known) return known;
  const lens = untrack(() => new LensState(operation.access, operation.records));
  lenses.set(operation, lens);
  return lens;
}
