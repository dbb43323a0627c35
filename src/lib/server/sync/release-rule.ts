import { dayOf } from '../clock.ts';

/** What the records say of a convoy, as far as the release rule asks (docs/security.md, Movements). */
export interface ConvoyStanding {
  /** Its status is one of the ends, undisputedly: nobody says it is planned or on the way. */
  readonly ended: boolean;
  /** The last day it can have been on, in days since 1970; null when no date is known. */
  readonly lastDay: number | null;
  /** `true` somebody says it is still on the road, `false` all are back, `null` nobody said. */
  readonly onTheRoad: boolean | null;
  /** When the server heard that; `null` when nobody said. */
  readonly onTheRoadSaidAt: number | null;
  /** A coordinator let it go. */
  readonly letGo: boolean;
}

/** What was decided before. */
export interface ReleaseMemory {
  readonly endedAt: number | null;
}

export type ReleaseDecision =
  | { readonly type: 'release' }
  | { readonly type: 'wait'; readonly endedAt: number | null; readonly dueAt: number | null };

/**
 * May this convoy go to all members? Only by the server's clock. A convoy still planned or on the
 * way stays. One that has come to an end goes at once when its date lies before yesterday and
 * nobody says it is on the road, when all are back, or when a coordinator lets it go; otherwise
 * `releaseAfter` milliseconds after the server learned of its end, or of it being on the road.
 */
export function decideRelease(
  standing: ConvoyStanding,
  memory: ReleaseMemory,
  now: number,
  releaseAfter: number,
): ReleaseDecision {
  if (!standing.ended) return { type: 'wait', endedAt: null, dueAt: null };
  if (standing.letGo || standing.onTheRoad === false) return { type: 'release' };
  const yesterday = dayOf(now) - 1;
  const isPast = standing.lastDay !== null && standing.lastDay < yesterday;
  if (isPast && standing.onTheRoad === null) return { type: 'release' };
  const endedAt = memory.endedAt ?? now;
  const saidAt = standing.onTheRoad === true ? (standing.onTheRoadSaidAt ?? now) : endedAt;
  const dueAt = Math.max(endedAt, saidAt) + releaseAfter;
  return dueAt <= now ? { type: 'release' } : { type: 'wait', endedAt, dueAt };
}
