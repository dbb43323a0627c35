import type { Day } from '../dates/day.ts';

/** What is known of a convoy that decides who may hear of it (docs/security.md, Movements). */
export interface ConvoyOnItsWay {
  /** Its status is one of the ends, undisputedly: nobody says it is planned or on the way. */
  readonly ended: boolean;
  /** The last day it can have been on; null when no date is known. */
  readonly lastDay: Day | null;
  /** `true` somebody says it is still on the road, `false` all are back, `null` nobody said. */
  readonly onTheRoad: boolean | null;
  /** A coordinator let it go. */
  readonly letGo: boolean;
}

/** `later`: when some time has passed since its end was heard of, and nobody said anything else. */
export type Telling = 'not' | 'later' | 'at_once';

/**
 * May a convoy be told of to all members, and to the world? Not while it is planned or on the way,
 * however long ago. Of one that has come to an end at once when its date lies before yesterday and
 * nobody says it is on the road, when all are back, or when a coordinator lets it go; else later.
 * The one definition for the server, which publishes by it, and for whatever leaves a device.
 */
export function whenToTell(convoy: ConvoyOnItsWay, today: Day): Telling {
  const { ended, lastDay, onTheRoad, letGo } = convoy;
  if (!ended) return 'not';
  if (letGo || onTheRoad === false) return 'at_once';
  const isPast = lastDay !== null && lastDay < today - 1;
  return isPast && onTheRoad === null ? 'at_once' : 'later';
}
