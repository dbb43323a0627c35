import type { Bounds } from '../dates/between.ts';
import type { Day } from '../dates/day.ts';
import type { Locality } from '../records/dataset.ts';
import type { AccessRecords, ClaimedDelivery, DatedStop, LocalityStops } from './access-records.ts';
import { type Caveat, NO_CAVEATS, uniqueCaveats } from './caveats.ts';
import type { DerivedStop } from './from-reports.ts';
import { ANY_DELIVERY, type Lens, lensTest, type LensTest } from './lens.ts';
import { lensMatches, type PreviousStops, previousStops } from './previous-stops.ts';

/** An end of a gap: the date as it is written, and the stops that have it. */
export interface GapEnd {
  readonly date: string;
  readonly stops: readonly string[];
  /** An airdrop or airlift is named as such wherever it ends a gap. */
  readonly byAir: 'airdrop' | 'airlift' | null;
}

export interface Gap {
  readonly from: GapEnd;
  readonly to: GapEnd;
  readonly days: Bounds;
  /** One of its ends is not certain. */
  readonly possible: boolean;
  readonly caveats: readonly Caveat[];
}

/** The wait that goes on: from the last delivery to the as-of date. */
export interface OpenGap {
  readonly from: GapEnd;
  readonly days: Bounds;
  readonly possible: boolean;
  readonly caveats: readonly Caveat[];
}

export interface GapSeries {
  readonly deliveries: number;
  readonly gaps: readonly Gap[];
  /** null: no delivery on record. */
  readonly open: OpenGap | null;
}

/** Indicator 1 of one locality under a lens. */
export interface LocalityGaps {
  readonly definition: 'indicator 1';
  readonly locality: string;
  readonly asOf: Day;
  readonly lens: Lens;
  /** Recorded matches only: the longest that a gap can be. */
  readonly recorded: GapSeries;
  /** Unknowns counted too: the shortest. null without a lens, where nothing is unknown. */
  readonly possible: GapSeries | null;
  /** From when its deliveries are believed complete; null: "on our record" has to be said. */
  readonly recordsSince: string | null;
  /** Ids of the stops (of the convoy where nobody accepted stops) it was computed from. */
  readonly from: readonly string[];
  readonly caveats: readonly Caveat[];
}

export interface GapOptions {
  readonly asOf: Day;
  readonly lens?: Lens;
}

const byAirOf = ({ modalities }: DerivedStop): GapEnd['byAir'] =>
  modalities?.includes('airdrop') ? 'airdrop' : modalities?.includes('airlift') ? 'airlift' : null;

const endOf = (stop: DatedStop): GapEnd => ({
  date: stop.date.edtf,
  stops: [stop.id],
  byAir: byAirOf(stop),
});

const withStop = (end: GapEnd, stop: DatedStop): GapEnd => ({
  ...end,
  stops: [...end.stops, stop.id],
  byAir: end.byAir ?? byAirOf(stop),
});

/** Claimed deliveries that lie in a gap and that no delivery on our record can be. */
function missingDeliveries(
  { delivered, claimedDeliveries }: LocalityStops,
  from: Day,
  to: Day,
): readonly Caveat[] {
  if (claimedDeliveries.length === 0) return NO_CAVEATS;
  const isMissing = ({ date }: ClaimedDelivery): boolean =>
    date.earliest > from &&
    date.latest < to &&
    !delivered.some(
      (stop) => stop.date.earliest <= date.latest && stop.date.latest >= date.earliest,
    );
  return claimedDeliveries.filter(isMissing).map(({ claim, date }) => ({
    type: 'delivery_not_on_record',
    claim,
    date: date.edtf,
  }));
}

function caveatsOf(
  stop: DatedStop,
  previous: DatedStop,
  asOf: Day,
  overlapped: boolean,
  missing: readonly Caveat[],
): readonly Caveat[] {
  const straddles = stop.date.latest > asOf;
  const isPlain = stop.caveats.length === 0 && previous.caveats.length === 0;
  if (isPlain && !overlapped && !straddles && missing.length === 0) return NO_CAVEATS;
  const caveats: Caveat[] = [...stop.caveats, ...previous.caveats, ...missing];
  if (overlapped) caveats.push({ type: 'possibly_not_first', date: stop.date.edtf });
  if (straddles) caveats.push({ type: 'straddles_as_of', date: stop.date.edtf });
  return uniqueCaveats(caveats);
}

function closedGaps(stops: LocalityStops, previous: PreviousStops, asOf: Day): readonly Gap[] {
  const { delivered, earliest, latest } = stops;
  const gaps: Gap[] = [];
  let last = -1;
  for (let i = 0; i < delivered.length; i++) {
    const nameOf = previous.name[i]!;
    if (previous.included[i] === 0 || nameOf < 0) continue;
    const stop = delivered[i]!;
    // Stops of the same days come one after the other: gaps with the same two ends are one.
    if (last >= 0 && earliest[last] === earliest[i] && latest[last] === latest[i]) {
      const known = gaps[gaps.length - 1]!;
      const caveats = uniqueCaveats([...known.caveats, ...stop.caveats]);
      gaps[gaps.length - 1] = { ...known, to: withStop(known.to, stop), caveats };
      continue;
    }
    last = i;
    const before = delivered[nameOf]!;
    const start = earliest[i]!;
    const missing = missingDeliveries(stops, previous.latestBefore[i]!, start);
    gaps.push({
      from: endOf(before),
      to: endOf(stop),
      days: [
        start - previous.latestBefore[i]!,
        Math.min(latest[i]!, asOf) - previous.earliestBefore[i]!,
      ],
      possible: latest[i]! > asOf || stop.date.approximate || before.date.approximate,
      caveats: caveatsOf(stop, before, asOf, previous.overlapped[i] === 1, missing),
    });
  }
  return gaps;
}

function openGap(stops: LocalityStops, previous: PreviousStops, asOf: Day): OpenGap | null {
  const { delivered, earliest, latest, byLatest } = stops;
  let name = -1;
  let last = -Infinity;
  let greatestEarliest = -Infinity;
  for (const i of byLatest) {
    if (previous.included[i] === 0) continue;
    const cut = Math.min(latest[i]!, asOf);
    if (name < 0 || cut > last || earliest[i]! >= earliest[name]!) name = i;
    last = cut;
    greatestEarliest = Math.max(greatestEarliest, earliest[i]!);
  }
  const stop = delivered[name];
  if (!stop) return null;
  const straddles = latest[name]! > asOf;
  const caveats: Caveat[] = [...stop.caveats, ...missingDeliveries(stops, last, asOf + 1)];
  if (straddles) caveats.push({ type: 'straddles_as_of', date: stop.date.edtf });
  return {
    from: endOf(stop),
    days: [asOf - last, asOf - greatestEarliest],
    possible: straddles || stop.date.approximate,
    caveats: uniqueCaveats(caveats),
  };
}

function seriesOf(stops: LocalityStops, previous: PreviousStops, asOf: Day): GapSeries {
  return {
    deliveries: previous.count,
    gaps: closedGaps(stops, previous, asOf),
    open: openGap(stops, previous, asOf),
  };
}

/** Indicator 1 of one locality, with the lens as a test that was made once for all localities. */
export function gapsOfLocality(
  stops: LocalityStops,
  locality: Locality | undefined,
  asOf: Day,
  lens: Lens,
  test: LensTest,
): LocalityGaps {
  const matches = lensMatches(stops, lens, test);
  const recorded = previousStops(stops, asOf, matches, false);
  const withUnknown = matches === null ? null : previousStops(stops, asOf, matches, true);
  const undated = stops.undated.map((stop): Caveat => ({
    type: 'undated_delivery',
    convoy: stop.convoy,
  }));
  const used = withUnknown ?? recorded;
  const from: string[] = [];
  for (let i = 0; i < used.included.length; i++) {
    if (used.included[i] === 1) from.push(stops.delivered[i]!.id);
  }
  return {
    definition: 'indicator 1',
    locality: stops.locality,
    asOf,
    lens,
    recorded: seriesOf(stops, recorded, asOf),
    possible: withUnknown && seriesOf(stops, withUnknown, asOf),
    recordsSince: locality?.recordsSince ?? null,
    from,
    caveats: undated.length === 0 ? NO_CAVEATS : uniqueCaveats(undated),
  };
}

/** Everything that has to be said beside a locality's gaps, each thing once. */
export function allCaveats({ caveats, recorded, possible }: LocalityGaps): readonly Caveat[] {
  const all: Caveat[] = [...caveats];
  for (const series of [recorded, possible]) {
    for (const gap of series?.gaps ?? []) all.push(...gap.caveats);
    all.push(...(series?.open?.caveats ?? []));
  }
  return uniqueCaveats(all);
}

/**
 * The gaps between the deliveries of every locality that a delivered stop names, not after the
 * as-of date (indicator 1): days as the smallest and the largest they can be. Under a lens the
 * recorded and the possible bound stand side by side.
 */
export function computeGaps(
  { localities, dataset }: Pick<AccessRecords, 'localities' | 'dataset'>,
  { asOf, lens = ANY_DELIVERY }: GapOptions,
): readonly LocalityGaps[] {
  const test = lensTest(lens, dataset.organisation);
  const found: LocalityGaps[] = [];
  for (const stops of localities.values()) {
    const isNamed =
      stops.undated.length > 0 || (stops.earliest.length > 0 && stops.earliest[0]! <= asOf);
    if (!isNamed) continue;
    const locality = dataset.locality.get(stops.locality);
    found.push(gapsOfLocality(stops, locality, asOf, lens, test));
  }
  return found;
}
