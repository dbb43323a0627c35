import type { Day } from '../dates/day.ts';
import type { AccessRecords } from './access-records.ts';

/** The last day that any convoy on record speaks of, not after the as-of date; null: none does. */
export function recordsTo({ convoys }: Pick<AccessRecords, 'convoys'>, asOf: Day): Day | null {
  let last: Day | null = null;
  for (const { date } of convoys.values()) {
    if (!date || date.earliest > asOf) continue;
    last = Math.max(last ?? -Infinity, Math.min(date.latest, asOf));
  }
  return last;
}
