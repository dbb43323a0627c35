import type { Answered, Later } from './transport.ts';

/** How a round of syncing ended. */
export type RoundOutcome =
  | { readonly type: 'done' }
  | ({ readonly type: 'offline' } & Later)
  | { readonly type: 'unauthorised' }
  | { readonly type: 'revoked'; readonly as: 'leaving' | 'lost' | undefined }
  | ({ readonly type: 'refused'; readonly code: string } & Later)
  | { readonly type: 'storage'; readonly reason: string };

/** What follows from a request that was not answered as asked. */
export function refusal(
  answered: Exclude<Answered<unknown>, { readonly type: 'answer' }>,
): RoundOutcome {
  if (answered.type === 'offline') return answered;
  const { code, as, waitMs } = answered;
  if (code === 'revoked') return { type: 'revoked', as };
  if (code === 'unauthorised') return { type: 'unauthorised' };
  return { type: 'refused', code, ...(waitMs === undefined ? {} : { waitMs }) };
}
