import type { Day } from '../dates/day.ts';
import type { Dataset, Locality } from '../records/dataset.ts';
import type { LocalityGaps, OpenGap } from './gaps.ts';
import type { StatusRegister } from './status-registers.ts';
import { isWaiting, type StatusOn, statusOn } from './statuses.ts';

/** One place in the list of waits. */
export interface Wait {
  readonly locality: string;
  readonly status: StatusOn;
  /** Besieged or hard to reach on the as-of date under the chosen classifier. */
  readonly isRanked: boolean;
  /** null: no delivery on record, which is never a wait of no days. */
  readonly open: OpenGap | null;
  /** Under a lens: unknown deliveries counted too, so the wait at its shortest. */
  readonly possibleOpen: OpenGap | null;
}

/**
 * All places, the longest wait first (indicator 1): ranked are those that are besieged or hard to
 * reach on the as-of date, by the least number of days the wait can be; those without any delivery
 * on record stand at their end. The others follow by name.
 */
export function rankWaits(
  gaps: readonly LocalityGaps[],
  { locality: localities }: Pick<Dataset, 'locality'>,
  register: StatusRegister,
  asOf: Day,
): readonly Wait[] {
  const gapsById = new Map(gaps.map((one) => [one.locality, one]));
  const ids = new Set([...localities.keys(), ...gapsById.keys()]);
  const nameOf = (id: string): string => (localities.get(id) as Locality | undefined)?.name ?? id;
  const waits = [...ids].map((locality): Wait => {
    const found = gapsById.get(locality);
    const status = statusOn(register.get(locality), asOf);
    return {
      locality,
      status,
      isRanked: isWaiting(status),
      open: found?.recorded.open ?? null,
      possibleOpen: found?.possible?.open ?? null,
    };
  });
  const least = ({ open }: Wait): number => open?.days[0] ?? -1;
  const most = ({ open }: Wait): number => open?.days[1] ?? -1;
  return waits.sort((a, b) => {
    const byRank = Number(b.isRanked) - Number(a.isRanked);
    if (byRank !== 0) return byRank;
    const byWait = a.isRanked ? least(b) - least(a) || most(b) - most(a) : 0;
    return (
      byWait ||
      nameOf(a.locality).localeCompare(nameOf(b.locality), 'en') ||
      (a.locality < b.locality ? -1 : 1)
    );
  });
}
