import type { Bounds } from '../dates/between.ts';
import type { Day } from '../dates/day.ts';
import type { Locality } from '../records/dataset.ts';
import type { AccessRecords, ClaimedDelivery, LocalityStops } from './access-records.ts';
import { type Caveat, NO_CAVEATS, uniqueCaveats } from './caveats.ts';
import type { GapEnd } from './gap-end.ts';
import { ANY_DELIVERY, inputsOfLens, type Lens, lensTest, type LensTest } from './lens.ts';
import { lensMatches, type PreviousStops, previousStops } from './previous-stops.ts';
import { Remembered } from './remembered.ts';

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

const withStop = (end: GapEnd, other: GapEnd): GapEnd => ({
  ...end,
  stops: [...end.stops, ...other.stops],
  byAir: end.byAir ?? other.byAir,
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

/** Whether and why the gap before stop `i` is not certain; null: there is nothing to say. */
function doubtsOf(
  stops: LocalityStops,
  previous: PreviousStops,
  i: number,
  asOf: Day,
): Pick<Gap, 'possible' | 'caveats'> | null {
  const { delivered, marked, latest, earliest } = stops;
  const nameOf = previous.name[i]!;
  const straddles = latest[i]! > asOf;
  const missing = missingDeliveries(stops, previous.latestBefore[i]!, earliest[i]!);
  const isPlain = marked[i] === 0 && marked[nameOf] === 0 && previous.overlapped[i] === 0;
  if (isPlain && !straddles && missing.length === 0) return null;
  const stop = delivered[i]!;
  const before = delivered[nameOf]!;
  const date = stop.date.edtf;
  const caveats: Caveat[] = [...stop.caveats, ...before.caveats, ...missing];
  if (previous.overlapped[i] === 1) caveats.push({ type: 'possibly_not_first', date });
  if (straddles) caveats.push({ type: 'straddles_as_of', date });
  return {
    possible: straddles || stop.date.approximate || before.date.approximate,
    caveats: uniqueCaveats(caveats),
  };
}

function closedGaps(stops: LocalityStops, previous: PreviousStops, asOf: Day): readonly Gap[] {
  const { earliest, latest, ends } = stops;
  const { included, name, latestBefore, earliestBefore } = previous;
  const gaps: Gap[] = [];
  let last = -1;
  for (let i = 0; i < earliest.length; i++) {
    const nameOf = name[i]!;
    if (included[i] === 0 || nameOf < 0) continue;
    const doubts = doubtsOf(stops, previous, i, asOf);
    // Stops of the same days come one after the other: gaps with the same two ends are one.
    if (last >= 0 && earliest[last] === earliest[i] && latest[last] === latest[i]) {
      const known = gaps[gaps.length - 1]!;
      gaps[gaps.length - 1] = {
        ...known,
        to: withStop(known.to, ends[i]!),
        caveats: uniqueCaveats([...known.caveats, ...(doubts?.caveats ?? [])]),
      };
      continue;
    }
    last = i;
    gaps.push({
      from: ends[nameOf]!,
      to: ends[i]!,
      days: [earliest[i]! - latestBefore[i]!, Math.min(latest[i]!, asOf) - earliestBefore[i]!],
      possible: doubts?.possible ?? false,
      caveats: doubts?.caveats ?? NO_CAVEATS,
    });
  }
  return gaps;
}

function openGap(stops: LocalityStops, previous: PreviousStops, asOf: Day): OpenGap | null {
  const { delivered, earliest, latest, byLatest, ends } = stops;
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
    from: ends[name]!,
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
  const from =
    used.count === stops.ids.length
      ? stops.ids
      : stops.ids.filter((_, i) => used.included[i] === 1);
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
 * as-of date (indicator 1), by id: days as the smallest and the largest they can be. Under a lens
 * the recorded and the possible bound stand side by side. With what was `remembered` of an earlier
 * call only localities are computed anew whose stops changed, or their *recordsSince*.
 */
export function computeGaps(
  { localities, dataset }: Pick<AccessRecords, 'localities' | 'dataset'>,
  { asOf, lens = ANY_DELIVERY }: GapOptions,
  remembered = new Remembered<LocalityGaps>(),
): readonly LocalityGaps[] {
  const test = lensTest(lens, dataset.organisation);
  const lensInputs = inputsOfLens(lens, dataset.organisation);
  const found: LocalityGaps[] = [];
  for (const stops of localities.values()) {
    const isNamed =
      stops.undated.length > 0 || (stops.earliest.length > 0 && stops.earliest[0]! <= asOf);
    if (!isNamed) continue;
    const locality = dataset.locality.get(stops.locality);
    const inputs = [stops, locality?.recordsSince, asOf, ...lensInputs];
    const gaps = (): LocalityGaps => gapsOfLocality(stops, locality, asOf, lens, test);
    found.push(remembered.get(stops.locality, inputs, gaps));
  }
  return found;
}
