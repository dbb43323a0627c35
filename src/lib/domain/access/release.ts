import { err, ok, type Result } from '../result.ts';
import type { AccessRecords } from './access-records.ts';
import { type HandingOn, withoutUnderWay } from './under-way.ts';

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
  readonly [BASIS]: true;
}

/** It may leave the device: made by `release` alone. Whatever writes a file or copies takes no other. */
export type Released<T> = T & { readonly [RELEASED]: true };

export interface Withheld {
  readonly type: 'withheld';
  readonly because: WithheldFor;
}

/** Records together with what may be done with that which is made of them. */
export interface Based {
  readonly records: AccessRecords;
  readonly basis: Basis;
}

const basisOf = (withheldFor: WithheldFor | null): Basis => ({ withheldFor }) as Basis;
const FREE = basisOf(null);
const UNDER_WAY = basisOf('under_way');

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
  const shown = withoutUnderWay(access, handingOn);
  const isHeld = (kind: 'itemLine' | 'incident'): boolean =>
    shown.dataset[kind].size < access.dataset[kind].size;
  const holdsBack =
    isHeld('itemLine') ||
    isHeld('incident') ||
    [...access.convoys.values()].some(
      ({ id, stops, reports }) => stops.length + reports.length > 0 && !shown.convoys.has(id),
    );
  return { records: access, basis: holdsBack ? UNDER_WAY : FREE };
}

/** The one way to a thing that may leave the device. */
export function release<T extends { readonly basis: Basis }>(
  thing: T,
): Result<Released<T>, Withheld> {
  const { withheldFor } = thing.basis;
  return withheldFor === null
    ? ok(thing as Released<T>)
    : err({ type: 'withheld', because: withheldFor });
}
