import { whenToTell, type ConvoyOnItsWay } from '#lib/domain/access/release-rule.ts';
import { dayOf } from '../clock.ts';

/** What the records say of a convoy, as far as the release rule asks (docs/security.md, Movements). */
export interface ConvoyStanding extends ConvoyOnItsWay {
  /** When the server heard whether it is on the road; `null` when nobody said. */
  readonly onTheRoadSaidAt: number | null;
}

/** What was decided before. */
export interface ReleaseMemory {
  readonly endedAt: number | null;
}

export type ReleaseDecision =
  | { readonly type: 'release' }
  | { readonly type: 'wait'; readonly endedAt: number | null; readonly dueAt: number | null };

/**
 * May this convoy go to all members? Only by the server's clock. Where the rule says `later`, it
 * goes `releaseAfter` milliseconds after the server learned of its end, or of it being on the road.
 */
export function decideRelease(
  standing: ConvoyStanding,
  memory: ReleaseMemory,
  now: number,
  releaseAfter: number,
): ReleaseDecision {
  const telling = whenToTell(standing, dayOf(now));
  if (telling === 'not') return { type: 'wait', endedAt: null, dueAt: null };
  if (telling === 'at_once') return { type: 'release' };
  const endedAt = memory.endedAt ?? now;
  const saidAt = standing.onTheRoad === true ? (standing.onTheRoadSaidAt ?? now) : endedAt;
  const dueAt = Math.max(endedAt, saidAt) + releaseAfter;
  return dueAt <= now ? { type: 'release' } : { type: 'wait', endedAt, dueAt };
}
