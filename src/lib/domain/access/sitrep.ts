import type { Day } from '../dates/day.ts';
import { comparePartialDates, type PartialDate } from '../dates/partial-date.ts';
import type { Dataset } from '../records/dataset.ts';
import type { AccessStatusValue } from '../records/vocabularies.ts';
import type { AccessRecords, DatedStop } from './access-records.ts';
import { isDeliveredStatus, isEnd } from './agreement.ts';
import type { LeftOut } from './caveats.ts';
import { computeCoverage, type Coverage } from './coverage.ts';
import { computeDisagreements, type Disagreement } from './disagreement.ts';
import { computeDuplicates, type LikelyDuplicate } from './duplicates.ts';
import { computeFirstSince, type FirstSince } from './first-since.ts';
import type { DerivedConvoy, DerivedStop } from './from-reports.ts';
import { computeGaps } from './gaps.ts';
import { computeIncidents, type IncidentsNearDeliveries } from './incidents.ts';
import { computeItemsRemoved, type ItemsRemoved } from './items-removed.ts';
import { ANY_DELIVERY, type Lens, lensTest } from './lens.ts';
import {
  computePeopleDeliveries,
  computeReach,
  type PeopleDeliveries,
  type ReachMonth,
} from './reach.ts';
import { type PublishedTotal, publishedTotals } from './published-totals.ts';
import { recordsTo } from './records-to.ts';
import { recordsLeftOut } from './records-left-out.ts';
import { computeRequests, type RequestFunnel } from './requests.ts';
import { statusRegister } from './status-registers.ts';
import { withoutUnderWay } from './under-way.ts';
import { rankWaits, type Wait } from './waits.ts';

export interface SitrepOptions {
  /** First and last day of the period. */
  readonly since: Day;
  readonly asOf: Day;
  /** The day that it really is, whatever the as-of date. */
  readonly today: Day;
  readonly classifier: string;
  readonly series: string;
  /** Of which places coverage and people are counted. */
  readonly status: AccessStatusValue;
  readonly householdSize?: number | undefined;
  readonly lens?: Lens;
  /** The records are those of this area alone, and the report says so; none: they are all. */
  readonly area?: string | null;
}

/** A convoy that ended in the period. */
export interface SitrepConvoy {
  readonly convoy: DerivedConvoy;
  /** Of its delivered stops in the period, the earliest; of the convoy, where none was delivered. */
  readonly date: PartialDate;
  /** Its date reaches out of the period or is only about right, or the lens may not match. */
  readonly isPossible: boolean;
}

/** A situation report as data: what was true of a period, from all we know now. */
export interface Sitrep {
  readonly definition: 'situation report';
  readonly since: Day;
  readonly asOf: Day;
  readonly classifier: string;
  readonly series: string;
  readonly status: AccessStatusValue;
  readonly lens: Lens;
  readonly area: string | null;
  /** Convoys with a delivered stop in the period, by date, then name. */
  readonly deliveries: readonly SitrepConvoy[];
  /** Localities that surely had a delivery in the period, each once. */
  readonly localities: readonly string[];
  /** Deliveries of the period after a wait worth naming, the longest first, then the first on record. */
  readonly firsts: readonly FirstSince[];
  /** How many more there were, each within `MOST_DAYS_UNNAMED` of the one before. */
  readonly shorterWaits: number;
  /** Convoys that ended without any delivery, by date, then name. */
  readonly refusals: readonly SitrepConvoy[];
  readonly coverage: Coverage;
  /** What was published for all places of the status together: beside coverage, never in it. */
  readonly publishedTotals: readonly PublishedTotal[];
  /** Waits of places besieged or hard to reach on the as-of date, the longest first. */
  readonly waits: readonly Wait[];
  readonly reach: readonly ReachMonth[];
  readonly people: PeopleDeliveries;
  /** Of periods that are over: a plan is not handed on. */
  readonly requests: RequestFunnel;
  readonly removed: ItemsRemoved;
  readonly incidents: IncidentsNearDeliveries;
  /** Of the convoys above. */
  readonly disagreements: readonly Disagreement[];
  /** The last day, not after the as-of date, that a record of a convoy may speak of. */
  readonly recordsTo: Day | null;
  /** Convoys above whose reports give different ends. */
  readonly disputed: readonly string[];
  /** Pairs of the convoys above that may be one. */
  readonly duplicates: readonly LikelyDuplicate[];
  readonly leftOut: readonly LeftOut[];
}

/** A delivery at most this long after the one before needs no sentence of its own. */
export const MOST_DAYS_UNNAMED = 30;

const isIn = ({ earliest, latest }: PartialDate, since: Day, asOf: Day): boolean =>
  latest >= since && earliest <= asOf;

const isSurelyIn = (date: PartialDate, since: Day, asOf: Day): boolean =>
  date.earliest >= since && date.latest <= asOf && !date.approximate;

const isDated = (stop: DerivedStop): stop is DatedStop => stop.date !== null;

const byDate = (a: SitrepConvoy, b: SitrepConvoy): number =>
  comparePartialDates(a.date, b.date) || a.convoy.name.localeCompare(b.convoy.name, 'en');

function firstsOf(
  access: AccessRecords,
  { since, asOf, lens = ANY_DELIVERY }: SitrepOptions,
): Pick<Sitrep, 'firsts' | 'shorterWaits'> {
  const all = computeFirstSince(access, { asOf, lens }).filter(({ date }) =>
    isIn(date, since, asOf),
  );
  const waited = ({ since: before }: FirstSince): number => before?.days[1] ?? Infinity;
  const firsts = all
    .filter((one) => waited(one) > MOST_DAYS_UNNAMED)
    .sort((a, b) => {
      // What is first on our record has no length: it follows those that have one.
      if (!a.since || !b.since) return Number(!a.since) - Number(!b.since);
      return waited(b) - waited(a);
    });
  return { firsts, shorterWaits: all.length - firsts.length };
}

/** Convoys that ended in the period, those with a delivery and those without any. */
function endedConvoys(
  { convoys, dataset }: Pick<AccessRecords, 'convoys' | 'dataset'>,
  { since, asOf, lens = ANY_DELIVERY }: SitrepOptions,
): Pick<Sitrep, 'deliveries' | 'refusals' | 'localities'> {
  const deliveries: SitrepConvoy[] = [];
  const refusals: SitrepConvoy[] = [];
  const localities = new Set<string>();
  const test = lensTest(lens, dataset.organisation);
  for (const convoy of convoys.values()) {
    const { date, status, stops } = convoy;
    const inPeriod = stops
      .filter(isDated)
      .filter((stop) => stop.delivered && isIn(stop.date, since, asOf))
      .map((stop) => {
        const places = stop.localities.map((locality) => test(stop, locality));
        return { stop, places, isIn: isSurelyIn(stop.date, since, asOf) };
      })
      .filter(({ places }) => places.some((match) => match !== 'no'));
    const isSure = inPeriod.some((one) => one.isIn && one.places.includes('yes'));
    for (const one of inPeriod) {
      one.stop.localities.forEach((locality, i) => {
        if (one.isIn && one.places[i] === 'yes') localities.add(locality);
      });
    }
    const [first] = inPeriod.map(({ stop }) => stop.date).sort(comparePartialDates);
    if (first) deliveries.push({ convoy, date: first, isPossible: !isSure });
    const isRefused =
      status !== null &&
      isEnd(status) &&
      stops.every((stop) => !stop.delivered) &&
      !isDeliveredStatus(status);
    if (isRefused && date && isIn(date, since, asOf)) {
      refusals.push({ convoy, date, isPossible: !isSurelyIn(date, since, asOf) });
    }
  }
  return {
    deliveries: deliveries.sort(byDate),
    refusals: refusals.sort(byDate),
    localities: [...localities],
  };
}

/** Plans, and what is said of convoys on the road, are not even counted. */
const isOfPlan = (
  { accessRequest, requestLine, movement, logEntry }: Dataset,
  record: string,
): boolean => [accessRequest, requestLine, movement, logEntry].some((kind) => kind.has(record));

/**
 * Everything that a situation report of a period says, each part by its own indicator. Convoys that
 * are under way are in none of it: the report is made to be handed on.
 */
export function computeSitrep(all: AccessRecords, options: SitrepOptions): Sitrep {
  const { since, asOf, today, classifier, series, status, householdSize } = options;
  const { lens = ANY_DELIVERY, area = null } = options;
  const access = withoutUnderWay(all, options);
  const ended = endedConvoys(access, options);
  const shown = [...ended.deliveries, ...ended.refusals].map(({ convoy }) => convoy);
  const named = new Set(shown.map(({ id }) => id));
  const waits = rankWaits(
    computeGaps(access, { asOf, lens }),
    access.dataset,
    statusRegister(access.dataset, classifier),
    asOf,
  );
  const window = { asOf, since };
  return {
    definition: 'situation report',
    ...window,
    classifier,
    series,
    status,
    lens,
    area,
    ...ended,
    ...firstsOf(access, options),
    coverage: computeCoverage(access, { status, classifier, ...window, lens }),
    publishedTotals: publishedTotals(access.dataset, { status, asOf }),
    waits: waits.filter(({ isRanked }) => isRanked),
    reach: computeReach(access, { ...window, status, classifier, series, householdSize }),
    people: computePeopleDeliveries(access, { ...window, householdSize }),
    requests: computeRequests(access, {
      ...window,
      until: Math.min(asOf, today - 1),
      householdSize,
    }),
    removed: computeItemsRemoved(access, window),
    incidents: computeIncidents(access, window),
    disagreements: computeDisagreements(access, asOf).filter(({ convoy }) => named.has(convoy)),
    recordsTo: recordsTo(access, asOf),
    disputed: shown.filter(({ disputed }) => disputed).map(({ id }) => id),
    duplicates: computeDuplicates(access, asOf).filter(({ convoys }) =>
      convoys.every((id) => named.has(id)),
    ),
    leftOut: recordsLeftOut(access).filter(({ record }) => !isOfPlan(access.dataset, record)),
  };
}
