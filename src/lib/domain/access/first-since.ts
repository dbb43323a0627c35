import { type Bounds, monthsBetween } from '../dates/between.ts';
import type { Day } from '../dates/day.ts';
import { comparePartialDates, type PartialDate } from '../dates/partial-date.ts';
import type { Claim } from '../records/dataset.ts';
import type { AccessRecords, DatedStop, LocalityStops } from './access-records.ts';
import { type Caveat, uniqueCaveats } from './caveats.ts';
import type { DerivedConvoy } from './from-reports.ts';
import { byAirOf } from './gap-end.ts';
import { ANY_DELIVERY, type Lens, lensTest } from './lens.ts';
import { idsByName } from './place-names.ts';
import { lensMatches, type PreviousStops, previousStops } from './previous-stops.ts';
import { byId } from './regroup.ts';

/** The delivery before: its date, and how long ago it was when the convoy came. */
export interface Since {
  readonly date: PartialDate;
  readonly days: Bounds;
  /** Whole or calendar months; smallest and largest. */
  readonly months: Bounds;
}

/** Indicator 2 of one convoy, for the localities with the same previous date. */
export interface FirstSince {
  readonly definition: 'indicator 2';
  readonly convoy: string;
  readonly convoyName: string;
  readonly date: PartialDate;
  readonly localities: readonly string[];
  readonly lens: Lens;
  /** null: the first on our record. */
  readonly since: Since | null;
  /** Unknowns counted too, where that gives another answer (null in it: the first on record). */
  readonly possible: { readonly since: Since | null } | null;
  /** From when deliveries are believed complete, where all its localities have the same. */
  readonly recordsSince: string | null;
  /**
   * Sources that the earlier delivery rests on, where all of them also report this convoy or claim
   * something about it: then the sentence says "according to …".
   */
  readonly accordingTo: readonly string[];
  /** An airdrop or airlift is named as such. */
  readonly byAir: 'airdrop' | 'airlift' | null;
  /** Ids of the stops it was computed from: the convoy's and the ones before. */
  readonly from: readonly string[];
  readonly caveats: readonly Caveat[];
}

export interface FirstSinceOptions {
  readonly asOf: Day;
  readonly lens?: Lens;
  /** Only of this convoy. */
  readonly convoy?: string;
}

function sinceOf(
  stops: LocalityStops,
  previous: PreviousStops,
  i: number,
  asOf: Day,
): { readonly since: Since; readonly stop: DatedStop } | null {
  const stop = stops.delivered[previous.name[i]!];
  const own = stops.delivered[i];
  if (!stop || !own) return null;
  const latest = Math.min(stops.latest[i]!, asOf);
  const days: Bounds = [
    stops.earliest[i]! - previous.latestBefore[i]!,
    latest - previous.earliestBefore[i]!,
  ];
  const cutOwn = latest < own.date.latest ? { ...own.date, latest } : own.date;
  const months = monthsBetween(stop.date, cutOwn);
  return months && { since: { date: stop.date, days, months }, stop };
}

interface LocalityFirst {
  readonly locality: string;
  readonly stop: DatedStop;
  readonly previous: DatedStop | null;
  readonly since: Since | null;
  readonly possible: { readonly since: Since | null } | null;
  readonly overlapped: boolean;
}

function firstsOfLocality(
  stops: LocalityStops,
  { asOf, convoy }: FirstSinceOptions,
  matchesOf: (stops: LocalityStops) => ReturnType<typeof lensMatches>,
): LocalityFirst[] {
  const matches = matchesOf(stops);
  const recorded = previousStops(stops, asOf, matches, false);
  const withUnknown = matches === null ? null : previousStops(stops, asOf, matches, true);
  const firsts: LocalityFirst[] = [];
  stops.delivered.forEach((stop, i) => {
    if (recorded.included[i] === 0 || (convoy !== undefined && stop.convoy !== convoy)) return;
    const before = sinceOf(stops, recorded, i, asOf);
    const possible = withUnknown && sinceOf(stops, withUnknown, i, asOf);
    const isOther = possible?.since.date.edtf !== before?.since.date.edtf;
    firsts.push({
      locality: stops.locality,
      stop,
      previous: before?.stop ?? null,
      since: before?.since ?? null,
      possible: withUnknown && isOther ? { since: possible?.since ?? null } : null,
      overlapped: recorded.overlapped[i] === 1,
    });
  });
  return firsts;
}

const widest = (all: readonly Bounds[]): Bounds => [
  Math.min(...all.map(([min]) => min)),
  Math.max(...all.map(([, max]) => max)),
];

function joinedSince(firsts: readonly LocalityFirst[]): Since | null {
  const all = firsts.flatMap(({ since }) => since ?? []);
  const first = all[0];
  if (!first) return null;
  const { date } = first;
  return {
    date,
    days: widest(all.map((since) => since.days)),
    months: widest(all.map((since) => since.months)),
  };
}

function caveatsOf(firsts: readonly LocalityFirst[], asOf: Day): readonly Caveat[] {
  const caveats: Caveat[] = [];
  for (const { stop, previous, overlapped } of firsts) {
    caveats.push(...stop.caveats, ...(previous?.caveats ?? []));
    const date = stop.date.edtf;
    if (overlapped) caveats.push({ type: 'possibly_not_first', date });
    if (stop.date.latest > asOf) caveats.push({ type: 'straddles_as_of', date });
  }
  return uniqueCaveats(caveats);
}

function accordingTo(firsts: readonly LocalityFirst[], told: ReadonlySet<string>): string[] {
  const sources = new Set(firsts.flatMap(({ previous }) => previous?.sources ?? []));
  const restsOnlyOnThese = sources.size > 0 && [...sources].every((source) => told.has(source));
  const allHaveOne = firsts.every(({ previous }) => (previous?.sources.length ?? 0) > 0);
  return restsOnlyOnThese && allHaveOne ? [...sources].sort() : [];
}

/** Localities that a convoy's stops name, by id. */
const placesOf = (convoy: DerivedConvoy | undefined): readonly string[] =>
  [...new Set(convoy?.stops.flatMap((stop) => stop.localities))].sort();

/**
 * For every delivery not after the as-of date: since when it is the first (indicator 2). One entry
 * a convoy and previous date, by date, then convoy; localities by name.
 */
export function computeFirstSince(
  { localities, convoys, dataset }: AccessRecords,
  options: FirstSinceOptions,
): readonly FirstSince[] {
  const { asOf, lens = ANY_DELIVERY } = options;
  const test = lensTest(lens, dataset.organisation);
  const groups = new Map<string, LocalityFirst[]>();
  const named = options.convoy === undefined ? null : placesOf(convoys.get(options.convoy));
  for (const stops of named
    ? named.flatMap((id) => localities.get(id) ?? [])
    : localities.values()) {
    const firsts = firstsOfLocality(stops, options, (of) => lensMatches(of, lens, test));
    for (const first of firsts) {
      const { stop, since, possible } = first;
      const possibleDate = possible ? (possible.since?.date.edtf ?? 'none') : '';
      const key = `${stop.convoy} ${stop.date.edtf} ${since?.date.edtf ?? ''} ${possibleDate}`;
      groups.set(key, [...(groups.get(key) ?? []), first]);
    }
  }
  const claimsByConvoy = new Map<string, Claim[]>();
  for (const claim of dataset.claim.values()) {
    claimsByConvoy.set(claim.convoy, [...(claimsByConvoy.get(claim.convoy) ?? []), claim]);
  }
  const toldOf = (convoy: DerivedConvoy | undefined): ReadonlySet<string> =>
    new Set([
      ...(convoy?.stops.flatMap((stop) => stop.sources) ?? []),
      ...(claimsByConvoy.get(convoy?.id ?? '')?.flatMap((claim) => claim.source ?? []) ?? []),
    ]);
  const found: FirstSince[] = [];
  for (const firsts of groups.values()) {
    const [first] = firsts;
    if (!first) continue;
    firsts.sort((a, b) => byId(a.stop, b.stop));
    const { stop, possible } = first;
    const convoy = convoys.get(stop.convoy);
    const known = new Set(
      firsts.map(({ locality }) => dataset.locality.get(locality)?.recordsSince ?? null),
    );
    found.push({
      definition: 'indicator 2',
      convoy: stop.convoy,
      convoyName: convoy?.name ?? stop.convoy,
      date: stop.date,
      localities: idsByName(new Set(firsts.map(({ locality }) => locality)), dataset),
      lens,
      since: joinedSince(firsts),
      possible,
      recordsSince: known.size === 1 ? ([...known][0] ?? null) : null,
      accordingTo: accordingTo(firsts, toldOf(convoy)),
      byAir: byAirOf(stop),
      from: [
        ...new Set(
          firsts.flatMap((one) => [one.stop.id, ...(one.previous ? [one.previous.id] : [])]),
        ),
      ],
      caveats: caveatsOf(firsts, asOf),
    });
  }
  const sinceText = ({ since, possible }: FirstSince): string =>
    `${since?.date.edtf ?? ''} ${possible ? (possible.since?.date.edtf ?? 'none') : ''}`;
  return found.sort(
    (a, b) =>
      comparePartialDates(a.date, b.date) ||
      a.convoyName.localeCompare(b.convoyName, 'en') ||
      (a.convoy < b.convoy ? -1 : a.convoy > b.convoy ? 1 : 0) ||
      compareSince(a.since, b.since) ||
      (sinceText(a) < sinceText(b) ? -1 : 1),
  );
}

/** The first on our record after all that had one before. */
const compareSince = (a: Since | null, b: Since | null): number =>
  a && b ? comparePartialDates(a.date, b.date) : Number(a === null) - Number(b === null);
