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
 * What would let a convoy go: `no_end`: nobody said how it ended; `on_the_road`: somebody says it is
 * on its way back; `just_ended`: nobody says so, and its last day was yesterday or later.
 */
export type WhyUnderWay = 'no_end' | 'on_the_road' | 'just_ended';

const NOBODY: ReadonlyMap<string, WhyUnderWay> = new Map();

/**
 * Convoys that nobody outside may read about yet, each with why, by the rule by which the server
 * keeps them in `movements`. A device does not know when the server heard of an end: what goes
 * `later` stays in, but where no date is known and nobody speaks of the road: that would be for ever.
 */
export function convoysUnderWay(
  { dataset, convoys }: Pick<AccessRecords, 'dataset' | 'convoys'>,
  { today, isPublic }: HandingOn,
): ReadonlyMap<string, WhyUnderWay> {
  if (isPublic) return NOBODY;
  const held = new Map<string, WhyUnderWay>();
  const road = saidOfTheRoad(dataset.movement.values());
  for (const [id, { onTheRoad, letGo }] of road) {
    if (onTheRoad === true && !letGo && !convoys.has(id)) held.set(id, 'on_the_road');
  }
  for (const convoy of convoys.values()) {
    const { id, status } = convoy;
    const { onTheRoad, letGo } = road.get(id) ?? NOTHING_SAID;
    const lastDay = lastDayOf(convoy);
    const ended = status !== null && isEnd(status);
    const telling = whenToTell({ ended, lastDay, onTheRoad, letGo }, today);
    if (telling === 'not') held.set(id, 'no_end');
    else if (telling === 'later' && onTheRoad === true) held.set(id, 'on_the_road');
    else if (telling === 'later' && lastDay !== null) held.set(id, 'just_ended');
  }
  return held;
}

/**
 * The same records without convoys that are under way and all that belongs to them: what a report
 * that is made to be handed on is computed from, so that no number counts them either.
 */
export function withoutUnderWay(access: AccessRecords, handingOn: HandingOn): AccessRecords {
  const hidden = convoysUnderWay(access, handingOn);
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
