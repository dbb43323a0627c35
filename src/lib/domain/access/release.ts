import { err, ok, type Result } from '../result.ts';
import type { AccessRecords } from './access-records.ts';
import { convoysUnderWay, type HandingOn, withoutUnderWay } from './under-way.ts';

declare const BASIS: unique symbol;
declare const RELEASED: unique symbol;

/** Why something must not leave the device (docs/security.md, Movements). */
export type WithheldFor = 'under_way' | 'movements';

/**
 * Of which records a thing was made. Only this file makes one: a chart, a report, or whatever else
 * may leave the device carries it from the records that it was computed from.
 */
export interface Basis {
  readonly withheldFor: WithheldFor | null;
  /** Ids of the convoys under way that hold it back, for the screens of those who have them. */
  readonly heldBy: readonly string[];
  readonly [BASIS]: true;
}

/** It may leave the device: made by `release` alone. Whatever writes a file or copies takes no other. */
export type Released<T> = T & { readonly [RELEASED]: true };

export interface Withheld {
  readonly type: 'withheld';
  readonly because: WithheldFor;
  readonly heldBy: readonly string[];
}

/** Records together with what may be done with that which is made of them. */
export interface Based {
  readonly records: AccessRecords;
  readonly basis: Basis;
}

const basisOf = (withheldFor: WithheldFor | null, heldBy: readonly string[] = []): Basis =>
  ({ withheldFor, heldBy }) as Basis;
const FREE = basisOf(null);

/** Made of plans, requests or movements: it is looked at and never leaves the device. */
export const OF_MOVEMENTS: Basis = basisOf('movements');

/** The records without convoys that are under way: what is made of them may be handed on. */
export const handedOn = (access: AccessRecords, handingOn: HandingOn): Based => ({
  records: withoutUnderWay(access, handingOn),
  basis: FREE,
});

/**
 * All records: what is made of them stays here while a convoy is under way of which a chart can draw
 * anything (a place, a figure, an item, an incident). One that only totals speak of is in no chart.
 */
export function everything(access: AccessRecords, handingOn: HandingOn): Based {
  const held = convoysUnderWay(access, handingOn);
  const { dataset, convoys } = access;
  const drawn = new Set<string | undefined>();
  for (const { convoy, stop } of dataset.itemLine.values())
    drawn.add(convoy ?? dataset.stop.get(stop ?? '')?.convoy);
  for (const { convoy } of dataset.incident.values()) drawn.add(convoy);
  for (const { id, stops, reports } of convoys.values())
    if (stops.length + reports.length > 0) drawn.add(id);
  const heldBy = [...held.keys()].filter((id) => drawn.has(id));
  return { records: access, basis: heldBy.length > 0 ? basisOf('under_way', heldBy) : FREE };
}

/** The one way to a thing that may leave the device. */
export function release<T extends { readonly basis: Basis }>(
  thing: T,
): Result<Released<T>, Withheld> {
  const { withheldFor, heldBy } = thing.basis;
  return withheldFor === null
    ? ok(thing as Released<T>)
    : err({ type: 'withheld', because: withheldFor, heldBy });
}
