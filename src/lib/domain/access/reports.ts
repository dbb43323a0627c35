import { dayToIso, type Day } from '../dates/day.ts';
import { figureToText } from '../figures/figure.ts';
import type { Dataset } from '../records/dataset.ts';
import type { Caveat } from './caveats.ts';
import type { ClaimCheck, ClaimReason, Verdict } from './claims.ts';
import type { Coverage } from './coverage.ts';
import { acceptedText, type Disagreement } from './disagreement.ts';
import type { FirstSince } from './first-since.ts';
import { allCaveats, type GapSeries, type LocalityGaps } from './gaps.ts';
import { type Lens, lensToText } from './lens.ts';
import type { LikelyDuplicate } from './duplicates.ts';
import type { AccessRecords } from './access-records.ts';
import type { ReachCaveat } from './counted-people.ts';
import type { PeopleDeliveries, ReachMonth, ReachOptions } from './reach.ts';

/** Results in the shapes that the command line and the feeds give out: keys are added, never changed. */

type Days = readonly [number, number];

export interface SeriesReport {
  readonly deliveries: number;
  readonly gaps: readonly { readonly from: string; readonly to: string; readonly days: Days }[];
  readonly open: { readonly from: string; readonly days: Days } | null;
}

export interface GapsReport {
  readonly asOf: string;
  readonly lens: string | null;
  readonly localities: readonly (SeriesReport & {
    readonly name: string;
    readonly pcode: string | null;
    readonly caveats: readonly Caveat[];
    readonly possible?: SeriesReport;
  })[];
}

function seriesReport({ deliveries, gaps, open }: GapSeries): SeriesReport {
  return {
    deliveries,
    gaps: gaps.map(({ from, to, days }) => ({ from: from.date, to: to.date, days })),
    open: open && { from: open.from.date, days: open.days },
  };
}

const lensName = (lens: Lens): string | null => lensToText(lens) || null;

/** `report gaps`: by name, gaps by date; under a lens the possible bound stands beside. */
export function gapsReport(
  gaps: readonly LocalityGaps[],
  { locality: localities }: Pick<Dataset, 'locality'>,
  asOf: Day,
  lens: Lens,
): GapsReport {
  const entries = gaps.map((one) => ({
    name: localities.get(one.locality)?.name ?? one.locality,
    pcode: localities.get(one.locality)?.pcode ?? null,
    ...seriesReport(one.recorded),
    caveats: allCaveats(one),
    ...(one.possible ? { possible: seriesReport(one.possible) } : {}),
  }));
  const sorted = entries.sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return { asOf: dayToIso(asOf), lens: lensName(lens), localities: sorted };
}

export interface FirstSinceReport {
  readonly asOf: string;
  readonly lens: string | null;
  readonly entries: readonly {
    readonly convoy: string;
    readonly date: string;
    readonly localities: readonly string[];
    readonly since: string | null;
    readonly days: Days | null;
    readonly text: string;
    readonly caveats: readonly Caveat[];
  }[];
}

/** `report first-since`; `textOf` makes the sentence, which belongs to a language. */
export function firstSinceReport(
  entries: readonly FirstSince[],
  { locality: localities }: Pick<Dataset, 'locality'>,
  asOf: Day,
  lens: Lens,
  textOf: (entry: FirstSince) => string,
): FirstSinceReport {
  return {
    asOf: dayToIso(asOf),
    lens: lensName(lens),
    entries: entries.map((entry) => ({
      convoy: entry.convoyName,
      date: entry.date.edtf,
      localities: entry.localities.map((id) => localities.get(id)?.name ?? id),
      since: entry.since?.date.edtf ?? null,
      days: entry.since?.days ?? null,
      text: textOf(entry),
      caveats: entry.caveats,
    })),
  };
}

export interface DisagreementReport {
  readonly entries: readonly {
    readonly convoy: string;
    readonly figure: string;
    readonly accepted: string;
    readonly values: readonly { readonly value: string; readonly reports: number }[];
    readonly min: number;
    readonly max: number;
  }[];
}

/** `report disagreement`: only figures with two or more different values. */
export function disagreementReport(entries: readonly Disagreement[]): DisagreementReport {
  return {
    entries: entries.map((entry) => ({
      convoy: entry.convoyName,
      figure: entry.figure,
      accepted: acceptedText(entry),
      values: entry.values.map(({ figure, reports }) => ({ value: figureToText(figure), reports })),
      min: entry.min,
      max: entry.max,
    })),
  };
}

export interface CoverageReport {
  readonly status: string;
  readonly classifier: string;
  readonly since: string;
  readonly asOf: string;
  readonly certain: number;
  readonly possible: number;
  readonly total: number;
  readonly without: readonly string[];
  readonly lens: string | null;
  /** Names of the places of which a delivery is possible, and of those whose status is not clear. */
  readonly possiblePlaces: readonly string[];
  readonly statusUnclear: readonly string[];
}

/** `report coverage`: certain and possible are numbers of places, `without` their names. */
export function coverageReport(
  { status, classifier, since, asOf, certain, possible, total, without, ...rest }: Coverage,
  { locality: localities }: Pick<Dataset, 'locality'>,
): CoverageReport {
  const nameOf = (id: string): string => localities.get(id)?.name ?? id;
  return {
    status,
    classifier,
    since: dayToIso(since),
    asOf: dayToIso(asOf),
    certain: certain.length,
    possible: possible.length,
    total,
    without: without.map(nameOf),
    lens: lensName(rest.lens),
    possiblePlaces: possible.map(({ locality }) => nameOf(locality)),
    statusUnclear: rest.statusUnclear.map(nameOf),
  };
}

export interface ClaimsReport {
  readonly entries: readonly {
    readonly convoy: string;
    readonly claim: string;
    readonly kind: string;
    readonly verdict: Verdict;
    readonly because: readonly ClaimReason[];
  }[];
}

/** `report claims`: each claim with its verdict and what led to it; localities by name. */
export function claimsReport(
  entries: readonly ClaimCheck[],
  { locality: localities }: Pick<Dataset, 'locality'>,
): ClaimsReport {
  const nameOf = (id: string): string => localities.get(id)?.name ?? id;
  const named = (reason: ClaimReason): ClaimReason => {
    if ('locality' in reason) return { ...reason, locality: nameOf(reason.locality) };
    if (reason.type !== 'not_covered') return reason;
    return { ...reason, localities: reason.localities.map(nameOf) };
  };
  return {
    entries: entries.map(({ convoyName, text, kind, verdict, because }) => ({
      convoy: convoyName,
      claim: text,
      kind,
      verdict,
      because: because.map(named),
    })),
  };
}

export type NumberOrRange = number | Days;

export interface ReachReport {
  readonly series: string;
  readonly classifier: string;
  readonly status: string;
  readonly months: readonly {
    readonly month: string;
    readonly reached: NumberOrRange | null;
    readonly intended: NumberOrRange | null;
    readonly population: NumberOrRange | null;
    readonly share: Readonly<Record<'reached' | 'intended', NumberOrRange | null>>;
    readonly deliveries: number;
    readonly withoutNumber: Readonly<Record<'reached' | 'intended', number>>;
    readonly caveats: readonly ReachCaveat[];
  }[];
}

export const numberOrRange = (bounds: Days | null | undefined): NumberOrRange | null =>
  bounds ? (bounds[0] === bounds[1] ? bounds[0] : bounds) : null;

/** `report reach`: numbers, ranges where figures are ranges, null where nothing gives a number; places by name. */
export function reachReport(
  months: readonly ReachMonth[],
  { series, classifier, status }: Pick<ReachOptions, 'series' | 'classifier' | 'status'>,
  { locality: localities }: Pick<Dataset, 'locality'>,
): ReachReport {
  const named = (caveat: ReachCaveat): ReachCaveat =>
    'localities' in caveat
      ? {
          ...caveat,
          localities: caveat.localities.map((id) => localities.get(id)?.name ?? id),
        }
      : caveat;
  return {
    series,
    classifier,
    status,
    months: months.map(({ month, reached, intended, population, deliveries, caveats }) => ({
      month,
      reached: numberOrRange(reached.people),
      intended: numberOrRange(intended.people),
      population: numberOrRange(population?.people),
      share: { reached: numberOrRange(reached.share), intended: numberOrRange(intended.share) },
      deliveries,
      withoutNumber: { reached: reached.withoutNumber, intended: intended.withoutNumber },
      caveats: caveats.map(named),
    })),
  };
}

export interface PeopleDeliveriesReport {
  readonly includesRepeats: true;
  readonly reached: NumberOrRange | null;
  readonly intended: NumberOrRange | null;
  readonly deliveries: number;
  readonly withoutNumber: Readonly<Record<'reached' | 'intended', number>>;
}

/** Indicator 5 beside `report reach`: sums over deliveries, which include repeats. */
export const peopleDeliveriesReport = ({
  reached,
  intended,
  deliveries,
  withoutNumber,
}: PeopleDeliveries): PeopleDeliveriesReport => ({
  includesRepeats: true,
  reached: numberOrRange(reached),
  intended: numberOrRange(intended),
  deliveries,
  withoutNumber,
});

export interface DuplicatesReport {
  readonly asOf: string;
  readonly entries: readonly {
    readonly convoys: readonly [string, string];
    readonly dates: readonly [string | null, string | null];
    readonly localities: readonly string[];
  }[];
}

/** `report duplicates`: pairs of convoys that may be one, each by its name and date. */
export function duplicatesReport(
  pairs: readonly LikelyDuplicate[],
  { convoys, dataset }: Pick<AccessRecords, 'convoys' | 'dataset'>,
  asOf: Day,
): DuplicatesReport {
  const nameOf = (id: string): string => convoys.get(id)?.name ?? id;
  const dateOf = (id: string): string | null => convoys.get(id)?.date?.edtf ?? null;
  return {
    asOf: dayToIso(asOf),
    entries: pairs.map(({ convoys: [one, other], localities }) => ({
      convoys: [nameOf(one), nameOf(other)],
      dates: [dateOf(one), dateOf(other)],
      localities: localities.map((id) => dataset.locality.get(id)?.name ?? id),
    })),
  };
}
