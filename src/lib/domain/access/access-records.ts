import { comparePartialDates, type PartialDate } from '../dates/partial-date.ts';
import { monthIndexOf } from '../dates/day.ts';
import type { Claim, Dataset, Report, Stop } from '../records/dataset.ts';
import { emptyDataset } from '../records/read-record.ts';
import { changedIds, VersionedMap } from '../versioned-map.ts';
import { dateOf } from './agreement.ts';
import type { LeftOut } from './caveats.ts';
import { endOf, type GapEnd } from './gap-end.ts';
import { deriveConvoy, type DerivedConvoy, type DerivedStop } from './from-reports.ts';
import { compareLeftOut, leftOutOf } from './left-out.ts';
import { byId, regrouped, withEntries, withoutEmpty } from './regroup.ts';
import { NO_REGISTERS, patchRegisters, type Registers } from './status-registers.ts';

export type DatedStop = DerivedStop & { readonly date: PartialDate };

/** The stops of one locality, made ready for all indicators. */
export interface LocalityStops {
  readonly locality: string;
  /** Every stop that names it, by id. */
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

/**
 * What all indicators stand on: every convoy derived once, and the stops of every locality. It is a
 * value: a change of records makes another one, in which all that the change does not touch is the
 * very same object. By that, and by nothing else, results know what they need not compute again.
 */
export interface AccessRecords {
  readonly dataset: Dataset;
  readonly convoys: ReadonlyMap<string, DerivedConvoy>;
  /** In the order of their ids. */
  readonly localities: ReadonlyMap<string, LocalityStops>;
  /** Delivered and dated stops by the month of their latest day, each list by date, then id. */
  readonly months: ReadonlyMap<number, readonly DatedStop[]>;
  /** What each classifier says of the localities. */
  readonly registers: Registers;
  /** Records that could not be used: left out, and named. */
  readonly leftOut: readonly LeftOut[];
  /** What hangs on what, for the next change. */
  readonly links: Links;
}

interface Links {
  /** By the convoy that they name, be it there or not. */
  readonly reports: VersionedMap<readonly Report[]>;
  readonly stops: VersionedMap<readonly Stop[]>;
  /** By the localities that they name. */
  readonly claims: ReadonlyMap<string, readonly Claim[]>;
  /** By convoy. */
  readonly leftOut: VersionedMap<readonly LeftOut[]>;
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
  comparePartialDates(a.date, b.date) || byId(a, b);

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
    undated: delivered.filter((stop) => stop.date === null).sort(byId),
    claimedDeliveries,
  };
}

/** Claims like "the first since …, when there was a delivery", of one locality. */
function claimedDeliveriesOf(claims: readonly Claim[]): readonly ClaimedDelivery[] {
  return claims.flatMap(({ id, kind, since, sinceIs }) => {
    const date = sinceIs === 'delivery' ? dateOf(since) : null;
    return date && (kind === 'first_since' || kind === 'elapsed') ? [{ claim: id, date }] : [];
  });
}

/** Before there was any record: what `updateAccess` starts from. */
export const NO_RECORDS: AccessRecords = {
  dataset: emptyDataset(),
  convoys: VersionedMap.empty,
  localities: new Map(),
  months: new Map(),
  registers: NO_REGISTERS,
  leftOut: [],
  links: {
    reports: VersionedMap.empty,
    stops: VersionedMap.empty,
    claims: new Map(),
    leftOut: VersionedMap.empty,
  },
};

/** Derives every convoy and sorts the stops by locality. Bad records are left out and named. */
export function buildAccess(dataset: Dataset): AccessRecords {
  return updateAccess(NO_RECORDS, dataset);
}

/**
 * The same as `buildAccess`, from what was true of an earlier version of the records. Anew are: a
 * convoy of which a record changed (its own, a report, a stop); a locality that such a convoy's
 * stops name or named, or a claim that changed; the months of those stops; a locality's statements
 * where one of them changed. Everything else is taken over.
 */
export function updateAccess(before: AccessRecords, dataset: Dataset): AccessRecords {
  const old = before.dataset;
  const ofConvoy = (record: { readonly convoy: string }): string[] => [record.convoy];
  const reportsAnew = regrouped(before.links.reports, old.report, dataset.report, ofConvoy);
  const stopsAnew = regrouped(before.links.stops, old.stop, dataset.stop, ofConvoy);
  const claimsAnew = regrouped(
    before.links.claims,
    old.claim,
    dataset.claim,
    (claim) => claim.localities ?? [],
  );
  const reports = before.links.reports.withChanges(withoutEmpty(reportsAnew));
  const stops = before.links.stops.withChanges(withoutEmpty(stopsAnew));
  const claims = withEntries(before.links.claims, withoutEmpty(claimsAnew));

  const touched = new Set(changedIds(old.convoy, dataset.convoy));
  for (const convoy of reportsAnew.keys()) touched.add(convoy);
  for (const convoy of stopsAnew.keys()) touched.add(convoy);
  const convoysAnew = new Map<string, DerivedConvoy | undefined>();
  const leftOutAnew = new Map<string, readonly LeftOut[]>();
  for (const id of touched) {
    const convoy = dataset.convoy.get(id);
    const children = { reports: reports.get(id) ?? [], stops: stops.get(id) ?? [] };
    const derived = convoy && deriveConvoy({ convoy, ...children });
    convoysAnew.set(id, derived);
    leftOutAnew.set(id, leftOutOf(children, derived));
  }
  const leftOut = before.links.leftOut.withChanges(withoutEmpty(leftOutAnew));
  const moved = movedStops(before, convoysAnew);
  return {
    dataset,
    convoys: (before.convoys as VersionedMap<DerivedConvoy>).withChanges(convoysAnew),
    localities: localitiesWith(before, claims, claimsAnew.keys(), moved),
    months: monthsWith(before, moved),
    registers: patchRegisters(before.registers, old.accessStatus, dataset.accessStatus),
    leftOut:
      leftOut === before.links.leftOut
        ? before.leftOut
        : [...leftOut.values()].flat().sort(compareLeftOut),
    links: { reports, stops, claims, leftOut },
  };
}

interface MovedStops {
  /** Convoys whose stops of before count no more. */
  readonly convoys: { has(id: string): boolean };
  readonly gone: readonly DerivedStop[];
  readonly come: readonly DerivedStop[];
}

function movedStops(
  before: AccessRecords,
  convoysAnew: ReadonlyMap<string, DerivedConvoy | undefined>,
): MovedStops {
  return {
    convoys: convoysAnew,
    gone: [...convoysAnew.keys()].flatMap((id) => before.convoys.get(id)?.stops ?? []),
    come: [...convoysAnew.values()].flatMap((convoy) => convoy?.stops ?? []),
  };
}

/** The lists that a stop left or joined, each with the stops that stay and those that come. */
function listsWith<K, T extends DerivedStop>(
  moved: MovedStops,
  keysOf: (stop: DerivedStop) => Iterable<K>,
  listOf: (key: K) => readonly T[],
): Map<K, T[]> {
  const lists = new Map<K, T[]>();
  const anew = (key: K): T[] => {
    let list = lists.get(key);
    if (!list) {
      list = listOf(key).filter((stop) => !moved.convoys.has(stop.convoy));
      lists.set(key, list);
    }
    return list;
  };
  for (const stop of moved.gone) for (const key of keysOf(stop)) anew(key);
  for (const stop of moved.come) for (const key of keysOf(stop)) anew(key).push(stop as T);
  return lists;
}

function localitiesWith(
  before: AccessRecords,
  claims: Links['claims'],
  claimed: Iterable<string>,
  moved: MovedStops,
): AccessRecords['localities'] {
  const allOf = (locality: string): readonly DerivedStop[] =>
    before.localities.get(locality)?.all ?? [];
  const lists = listsWith(moved, (stop) => stop.localities, allOf);
  for (const locality of claimed) {
    if (!lists.has(locality)) lists.set(locality, [...allOf(locality)]);
  }
  const anew = new Map<string, LocalityStops | undefined>();
  for (const [locality, stops] of lists) {
    stops.sort(byId);
    const deliveries = claimedDeliveriesOf(claims.get(locality) ?? []);
    anew.set(locality, stops.length === 0 ? undefined : localityStops(locality, stops, deliveries));
  }
  return withEntries(before.localities, anew);
}

function monthsWith(before: AccessRecords, moved: MovedStops): AccessRecords['months'] {
  const monthsOf = ({ delivered, date }: DerivedStop): number[] =>
    delivered && date ? [monthIndexOf(date.latest)] : [];
  const lists = listsWith<number, DatedStop>(
    moved,
    monthsOf,
    (month) => before.months.get(month) ?? [],
  );
  for (const stops of lists.values()) stops.sort(compareStops);
  return withEntries(before.months, withoutEmpty(lists));
}
