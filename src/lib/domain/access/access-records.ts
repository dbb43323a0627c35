import { comparePartialDates, type PartialDate } from '../dates/partial-date.ts';
import type { Claim, Dataset, Report, Stop } from '../records/dataset.ts';
import { dateOf } from './agreement.ts';
import type { LeftOut } from './caveats.ts';
import { endOf, type GapEnd } from './gap-end.ts';
import { deriveConvoy, type DerivedConvoy, type DerivedStop } from './from-reports.ts';

export type DatedStop = DerivedStop & { readonly date: PartialDate };

/** The stops of one locality, made ready for all indicators. */
export interface LocalityStops {
  readonly locality: string;
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

/** Derives every convoy and sorts the stops by locality. Bad records are left out and named. */
export function buildAccess(dataset: Dataset): AccessRecords {
  const leftOut: LeftOut[] = [];
  const reports = groupBy<Report>(dataset.report.values(), (report) => report.convoy);
  const stops = groupBy<Stop>(dataset.stop.values(), (stop) => stop.convoy);
  for (const report of dataset.report.values()) {
    if (dataset.convoy.has(report.convoy)) continue;
    leftOut.push({ type: 'report_without_convoy', record: report.id });
  }
  for (const stop of dataset.stop.values()) {
    if (dataset.convoy.has(stop.convoy)) continue;
    leftOut.push({ type: 'stop_without_convoy', record: stop.id });
  }
  const convoys = new Map<string, DerivedConvoy>();
  const stopsByLocality = new Map<string, DerivedStop[]>();
  for (const convoy of dataset.convoy.values()) {
    const derived = deriveConvoy({
      convoy,
      reports: reports.get(convoy.id) ?? [],
      stops: stops.get(convoy.id) ?? [],
    });
    convoys.set(convoy.id, derived);
    const isDelivered = derived.stops.some((stop) => stop.delivered);
    if (derived.stops.length === 0 && derived.reports.length > 0) {
      leftOut.push({ type: 'no_locality', record: convoy.id });
    }
    if (isDelivered && derived.stops.some((stop) => stop.delivered && stop.date === null)) {
      leftOut.push({ type: 'no_date', record: convoy.id });
    }
    for (const stop of derived.stops) {
      for (const locality of stop.localities) {
        const known = stopsByLocality.get(locality);
        if (known) known.push(stop);
        else stopsByLocality.set(locality, [stop]);
      }
    }
  }
  const claimed = claimedDeliveriesOf(dataset.claim.values());
  const localities = new Map<string, LocalityStops>();
  for (const [locality, ofLocality] of stopsByLocality) {
    localities.set(locality, localityStops(locality, ofLocality, claimed.get(locality)));
  }
  return { dataset, convoys, localities, leftOut };
}
