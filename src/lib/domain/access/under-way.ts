import type { Day } from '../dates/day.ts';
import type { Dataset, Movement } from '../records/dataset.ts';
import { type AccessRecords, updateAccess } from './access-records.ts';
import { isEnd } from './agreement.ts';
import type { DerivedConvoy } from './from-reports.ts';
import { whenToTell, type ConvoyOnItsWay } from './release-rule.ts';

/** When what is handed on is made, and of what. */
export interface HandingOn {
  /** The day that it really is: what ended yesterday may still be on its way back. */
  readonly today: Day;
  /** All of it is public already (the example): nothing is kept back. */
  readonly isPublic?: boolean;
}

/** The last day on which anything of a convoy can have been; null: nothing says when. */
function lastDayOf({ date, stops }: DerivedConvoy): Day | null {
  const days = [date, ...stops.map((stop) => stop.date)].flatMap((one) => one?.latest ?? []);
  return days.length === 0 ? null : Math.max(...days);
}

type OfTheRoad = Pick<ConvoyOnItsWay, 'onTheRoad' | 'letGo'>;
const NOTHING_SAID: OfTheRoad = { onTheRoad: null, letGo: false };

/** What the movements of each convoy say: what keeps it back counts before what lets it go. */
function saidOfTheRoad(movements: Iterable<Movement>): Map<string, OfTheRoad> {
  const said = new Map<string, OfTheRoad>();
  for (const { convoy, onTheRoad, released } of movements) {
    if (convoy === undefined) continue;
    const before = said.get(convoy) ?? NOTHING_SAID;
    const isOnTheRoad = before.onTheRoad === true || onTheRoad === true;
    said.set(convoy, {
      onTheRoad: isOnTheRoad || (onTheRoad ?? before.onTheRoad),
      letGo: before.letGo || released === true,
    });
  }
  return said;
}

/**
 * Convoys that nobody outside may read about yet, by the rule by which the server keeps them in
 * `movements`. A device does not know when the server heard of an end: what goes `later` stays in,
 * but where no date is known and nobody speaks of the road: that would be for ever.
 */
function convoysUnderWay(
  { dataset, convoys }: Pick<AccessRecords, 'dataset' | 'convoys'>,
  today: Day,
): ReadonlySet<string> {
  const ids = new Set<string>();
  const road = saidOfTheRoad(dataset.movement.values());
  for (const [id, { onTheRoad, letGo }] of road) {
    if (onTheRoad === true && !letGo && !convoys.has(id)) ids.add(id);
  }
  for (const convoy of convoys.values()) {
    const { id, status } = convoy;
    const { onTheRoad, letGo } = road.get(id) ?? NOTHING_SAID;
    const lastDay = lastDayOf(convoy);
    const ended = status !== null && isEnd(status);
    const telling = whenToTell({ ended, lastDay, onTheRoad, letGo }, today);
    const isUndated = lastDay === null && onTheRoad === null;
    if (telling === 'not' || (telling === 'later' && !isUndated)) ids.add(id);
  }
  return ids;
}

/**
 * The same records without convoys that are under way and all that belongs to them: what a report
 * that is made to be handed on is computed from, so that no number counts them either.
 */
export function withoutUnderWay(access: AccessRecords, handingOn: HandingOn): AccessRecords {
  if (handingOn.isPublic) return access;
  const hidden = convoysUnderWay(access, handingOn.today);
  if (hidden.size === 0) return access;
  const { dataset } = access;
  const without = <T>(
    records: ReadonlyMap<string, T>,
    convoyOf: (record: T) => string | undefined,
  ) => new Map([...records].filter(([, record]) => !hidden.has(convoyOf(record) ?? '')));
  const shown: Dataset = {
    ...dataset,
    convoy: without(dataset.convoy, ({ id }) => id),
    stop: without(dataset.stop, ({ convoy }) => convoy),
    report: without(dataset.report, ({ convoy }) => convoy),
    claim: without(dataset.claim, ({ convoy }) => convoy),
    incident: without(dataset.incident, ({ convoy }) => convoy),
    itemLine: without(
      dataset.itemLine,
      ({ convoy, stop: at }) => convoy ?? dataset.stop.get(at ?? '')?.convoy,
    ),
  };
  return updateAccess(access, shown);
}
