import type { RoundOutcome } from './outcome.ts';
import { syncRound, type Party } from './round.ts';

/** New tokens by the signing key; an outcome only where there are none. */
export type Renew = (signal: AbortSignal) => Promise<RoundOutcome | undefined>;

/**
 * A round; where the server does not know the token any more, another one with new tokens. A device
 * that was lost and whose token died meanwhile hears so when it asks for another.
 */
export async function renewingRound(
  party: () => Party,
  renew: Renew,
  signal: AbortSignal,
): Promise<RoundOutcome> {
  const outcome = await syncRound({ ...party(), signal });
  if (outcome.type !== 'unauthorised' || signal.aborted) return outcome;
  return (await renew(signal)) ?? syncRound({ ...party(), signal });
}
