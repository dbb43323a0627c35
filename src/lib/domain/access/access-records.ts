import { comparePartialDates, type PartialDate } from '../dates/partial-date.ts';
import type { Claim, Dataset, Report, Stop } from '../records/dataset.ts';
import { dateOf } from './agreement.ts';
import type { LeftOut } from './caveats.ts';
import { endOf, type GapEnd } from './gap-end.ts';
import {
  type ConvoyRecords,
  deriveConvoy,
  type DerivedConvoy,
  type DerivedStop,
} from './from-reports.ts';

export type DatedStop = DerivedStop & { readonly date: PartialDate };

/** The stops of one locality, made ready for all indicators. */
export interface LocalityStops {
  readonly locality: string;
  /** Every stop that names it, as they were found. */
  readonly all: readonly DerivedStop[];
  /** Delivered and dated, by earliest day, then latest, then text. */
  readonly delivered: readonly DatedStop[];
  /** Numbers in `delivered`, by latest day, then earliest. */
  readonly byLatest: Uint32Array;
  /** Days of `delivered`. */
  readonly earliest: Int32Array;
  readonly latest: Int32Array;
  /** 1 where a stop has a caveat or an approximate date: the others need no second look. */
  readonly marked: Uint8Array;
  /** Ids of the same stops, and the stops as ends of gaps. */
  readonly ids: readonly string[];
  readonly ends: readonly GapEnd[];
  /** Dated, and ended without a delivery. */
  readonly refused: readonly DatedStop[];
  /** Delivered, but nobody says when. */
  readonly undated: readonly DerivedStop[];
  /** Claims that speak of an earlier delivery here. */
  readonly claimedDeliveries: readonly ClaimedDelivery[];
}

export interface ClaimedDelivery {
  readonly claim: string;
  readonly date: PartialDate;
}

/** What all indicators stand on: every convoy derived once, and the stops of every locality. */
export interface AccessRecords {
  readonly dataset: Dataset;
  readonly convoys: ReadonlyMap<string, DerivedConvoy>;
  readonly localities: ReadonlyMap<string, LocalityStops>;
  /** Records that could not be used: left out, and named. */
  readonly leftOut: readonly LeftOut[];
  /** The records that each convoy was derived from, by which a change is noticed. */
  readonly derivedFrom: ReadonlyMap<string, ConvoyRecords>;
}

function groupBy<T>(values: Iterable<T>, keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

const NOT_REFUSED: ReadonlySet<string> = new Set([
  'planned',
  'awaiting_letter',
  'loaded',
  'departed',
  'at_checkpoint',
  'arrived',
]);

const compareStops = (a: DatedStop, b: DatedStop): number =>
  comparePartialDates(a.date, b.date) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

const isDated = (stop: DerivedStop): stop is DatedStop => stop.date !== null;

/** The stops of one locality in the orders that the indicators need. */
export function localityStops(
  locality: string,
  stops: readonly DerivedStop[],
  claimedDeliveries: readonly ClaimedDelivery[] = [],
): LocalityStops {
  const delivered = stops.filter((stop) => stop.delivered);
  const dated = delivered.filter(isDated).sort(compareStops);
  const earliest = Int32Array.from(dated, (stop) => stop.date.earliest);
  const latest = Int32Array.from(dated, (stop) => stop.date.latest);
  const byLatest = Uint32Array.from(dated, (_, i) => i);
  byLatest.sort((a, b) => latest[a]! - latest[b]! || earliest[a]! - earliest[b]! || b - a);
  return {
    locality,
    all: stops,
    delivered: dated,
    byLatest,
    earliest,
    latest,
    marked: Uint8Array.from(dated, (stop) =>
      stop.date.approximate || stop.caveats.length > 0 ? 1 : 0,
    ),
    ids: dated.map((stop) => stop.id),
    ends: dated.map(endOf),
    refused: stops
      .filter(isDated)
      .filter((stop) => !stop.delivered && stop.outcome !== null && !NOT_REFUSED.has(stop.outcome))
      .sort(compareStops),
    undated: delivered.filter((stop) => stop.date === null),
    claimedDeliveries,
  };
}

/** Claims like "the first since …, when there was a delivery", by the localities they are about. */
function claimedDeliveriesOf(claims: Iterable<Claim>): Map<string, ClaimedDelivery[]> {
  const found = new Map<string, ClaimedDelivery[]>();
  for (const claim of claims) {
    const date = claim.sinceIs === 'delivery' ? dateOf(claim.since) : null;
    if (!date || (claim.kind !== 'first_since' && claim.kind !== 'elapsed')) continue;
    for (const locality of new Set(claim.localities ?? [])) {
      found.set(locality, [...(found.get(locality) ?? []), { claim: claim.id, date }]);
    }
  }
  return found;
}

const isSameList = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

const isSameRecords = (a: ConvoyRecords | undefined, b: ConvoyRecords): boolean =>
  a !== undefined &&
  a.convoy === b.convoy &&
  isSameList(a.reports, b.reports) &&
  isSameList(a.stops, b.stops);

const isSameClaims = (a: readonly ClaimedDelivery[], b: readonly ClaimedDelivery[]): boolean =>
  a.length === b.length &&
  a.every(({ claim, date }, i) => claim === b[i]?.claim && date.edtf === b[i].date.edtf);

/** Reports and stops whose convoy is not there, and convoys that say too little to be counted. */
function leftOutOf(dataset: Dataset, convoys: Iterable<DerivedConvoy>): readonly LeftOut[] {
  const leftOut: LeftOut[] = [];
  for (const { id, convoy } of dataset.report.values()) {
    if (!dataset.convoy.has(convoy)) leftOut.push({ type: 'report_without_convoy', record: id });
  }
  for (const { id, convoy } of dataset.stop.values()) {
    if (!dataset.convoy.has(convoy)) leftOut.push({ type: 'stop_without_convoy', record: id });
  }
  for (const { id, stops, reports } of convoys) {
    if (stops.length === 0 && reports.length > 0) leftOut.push({ type: 'no_locality', record: id });
    if (stops.some((stop) => stop.delivered && stop.date === null)) {
      leftOut.push({ type: 'no_date', record: id });
    }
  }
  return leftOut;
}

/** Derives every convoy and sorts the stops by locality. Bad records are left out and named. */
export function buildAccess(dataset: Dataset): AccessRecords {
  return updateAccess(undefined, dataset);
}

/**
 * The same as `buildAccess`, but what no changed record touches is taken over from before: convoys
 * whose records are the very same objects, and localities whose stops and claims are.
 */
export function updateAccess(previous: AccessRecords | undefined, dataset: Dataset): AccessRecords {
  const reports = groupBy<Report>(dataset.report.values(), (report) => report.convoy);
  const stops = groupBy<Stop>(dataset.stop.values(), (stop) => stop.convoy);
  const convoys = new Map<string, DerivedConvoy>();
  const derivedFrom = new Map<string, ConvoyRecords>();
  const stopsByLocality = new Map<string, DerivedStop[]>();
  for (const convoy of dataset.convoy.values()) {
    const records: ConvoyRecords = {
      convoy,
      reports: reports.get(convoy.id) ?? [],
      stops: stops.get(convoy.id) ?? [],
    };
    const known = previous?.convoys.get(convoy.id);
    const isKnown = known && isSameRecords(previous?.derivedFrom.get(convoy.id), records);
    const derived = isKnown ? known : deriveConvoy(records);
    convoys.set(convoy.id, derived);
    derivedFrom.set(convoy.id, records);
    for (const stop of derived.stops) {
      for (const locality of stop.localities) {
        const others = stopsByLocality.get(locality);
        if (others) others.push(stop);
        else stopsByLocality.set(locality, [stop]);
      }
    }
  }
  const claimed = claimedDeliveriesOf(dataset.claim.values());
  const localities = new Map<string, LocalityStops>();
  for (const [locality, ofLocality] of stopsByLocality) {
    const claims = claimed.get(locality) ?? [];
    const known = previous?.localities.get(locality);
    const isKnown =
      known && isSameList(known.all, ofLocality) && isSameClaims(known.claimedDeliveries, claims);
    localities.set(locality, isKnown ? known : localityStops(locality, ofLocality, claims));
  }
  const leftOut = leftOutOf(dataset, convoys.values());
  return { dataset, convoys, localities, leftOut, derivedFrom };
}
