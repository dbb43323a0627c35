import type { Bounds } from '../dates/between.ts';
import { type Day, monthIndexOf } from '../dates/day.ts';
import { peopleBounds } from '../figures/people.ts';
import type { DatedStop } from './access-records.ts';
import { choosePeople, type PeopleChoice, type PeopleSet } from './people-sets.ts';

export type Measure = 'reached' | 'intended';

/** What has to be said beside a month's numbers. */
export type ReachCaveat =
  | { readonly type: 'possible_month'; readonly stop: string }
  | { readonly type: 'approximate_date'; readonly date: string }
  | { readonly type: 'number_from_earlier_stage_or_part'; readonly stop: string }
  | { readonly type: 'about_or_open_number'; readonly stop: string }
  | { readonly type: 'household_size'; readonly size: number }
  | { readonly type: 'capped_at_population'; readonly population: string }
  | { readonly type: 'too_many_overlaps' }
  | { readonly type: 'overlapping_populations'; readonly records: readonly [string, string] }
  | { readonly type: 'no_population'; readonly localities: readonly string[] }
  | { readonly type: 'status_unclear'; readonly localities: readonly string[] };

/** The people of a stop by a measure, with what has to be said about the number. */
export function peopleOf(
  stop: DatedStop,
  measure: Measure,
  householdSize: number | undefined,
): { readonly people: Bounds; readonly caveats: readonly ReachCaveat[] } | null {
  const number = stop.people[measure];
  const bounds = peopleBounds(number?.value, householdSize);
  if (!number || !bounds) return null;
  const { people, householdSize: size, isLoose } = bounds;
  if (!number.fromEarlierStageOrPart && !isLoose && size === null) {
    return { people, caveats: NO_CAVEATS };
  }
  const caveats: ReachCaveat[] = [];
  if (number.fromEarlierStageOrPart) {
    caveats.push({ type: 'number_from_earlier_stage_or_part', stop: stop.id });
  }
  if (isLoose) caveats.push({ type: 'about_or_open_number', stop: stop.id });
  if (size !== null) caveats.push({ type: 'household_size', size });
  return { people, caveats };
}

const NO_CAVEATS: readonly ReachCaveat[] = [];

/** Deliveries to places that are not named are to one and the same place that nobody knows. */
const NAMELESS: readonly string[] = [''];

/** The people of a month's deliveries by one measure, before they are held against a population. */
export interface CountedPeople {
  readonly sets: readonly PeopleSet[];
  readonly choice: PeopleChoice;
  readonly withoutNumber: number;
  readonly from: readonly string[];
}

function countedPeople(
  stops: readonly DatedStop[],
  measure: Measure,
  householdSize: number | undefined,
  caveats: ReachCaveat[],
): CountedPeople {
  const sets: PeopleSet[] = [];
  const from: string[] = [];
  for (const stop of stops) {
    const found = peopleOf(stop, measure, householdSize);
    if (!found) continue;
    const localities = stop.localities.length > 0 ? stop.localities : NAMELESS;
    const { id, otherPeopleThan: otherThan } = stop;
    sets.push({ stop: id, otherThan, localities, people: found.people });
    from.push(id);
    caveats.push(...found.caveats);
  }
  const withoutNumber = stops.length - sets.length;
  return { sets, choice: choosePeople(sets), withoutNumber, from };
}

function dateCaveats(stop: DatedStop, asOf: Day): readonly ReachCaveat[] {
  const { earliest, latest, approximate, edtf } = stop.date;
  if (earliest === latest && !approximate) return NO_CAVEATS;
  const caveats: ReachCaveat[] = [];
  if (monthIndexOf(earliest) !== monthIndexOf(latest) || latest > asOf) {
    caveats.push({ type: 'possible_month', stop: stop.id });
  }
  if (approximate) caveats.push({ type: 'approximate_date', date: edtf });
  return caveats;
}

/** The deliveries that count in a month, and what has to be said of them alone. */
export interface CountedMonth {
  readonly deliveries: number;
  readonly reached: CountedPeople;
  readonly intended: CountedPeople;
  readonly caveats: readonly ReachCaveat[];
}

/**
 * The people of the deliveries of one month that count: not before `since`, and all their localities
 * among those that hold the status (`holding` null: under any status).
 */
export function countedInMonth(
  inMonth: readonly DatedStop[],
  holding: readonly string[] | null,
  options: { asOf: Day; since: Day; householdSize?: number | undefined },
): CountedMonth {
  const { asOf, since, householdSize } = options;
  const listed = holding && new Set(holding);
  const isListed = (localities: readonly string[]): boolean =>
    listed === null ||
    (localities.length > 0 && localities.every((locality) => listed.has(locality)));
  const stops = inMonth.filter(
    ({ date, localities }) => date.latest >= since && isListed(localities),
  );
  const caveats: ReachCaveat[] = [];
  for (const stop of stops) caveats.push(...dateCaveats(stop, asOf));
  return {
    deliveries: stops.length,
    reached: countedPeople(stops, 'reached', householdSize, caveats),
    intended: countedPeople(stops, 'intended', householdSize, caveats),
    caveats,
  };
}
