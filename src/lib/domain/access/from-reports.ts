import type { PartialDate } from '../dates/partial-date.ts';
import type { Figure } from '../figures/figure.ts';
import type { Convoy, Report, Stop } from '../records/dataset.ts';
import type { ConvoyStatus, Modality, PeopleKind } from '../records/vocabularies.ts';
import {
  agreedDate,
  agreedFigure,
  agreedStatus,
  countFigures,
  dateOf,
  type FigureCount,
  isDeliveredStatus,
} from './agreement.ts';
import type { Caveat } from './caveats.ts';
import { byId } from './regroup.ts';

/** A number of a convoy or a stop, with all that its reports say about it. */
export interface DerivedNumber {
  readonly value: Figure;
  /** A person accepted it; otherwise it follows from the reports. */
  readonly accepted: boolean;
  /** Only reports of an earlier stage, or of a part of the places, give one. */
  readonly fromEarlierStageOrPart: boolean;
  /** Every different value with its number of reports, totals left out. */
  readonly values: readonly FigureCount[];
  /** How many of the convoy's reports give one ("5 of 8"), totals left out. */
  readonly given: number;
  readonly of: number;
}

export type PeopleNumbers = Readonly<Record<PeopleKind, DerivedNumber | null>>;

/** A sector that came, to one locality where the report says which, else to all of the stop. */
export interface SectorAt {
  readonly sector: string;
  readonly locality: string | null;
}

/** A stop as all indicators use it: accepted by a person, or the one that the reports make. */
export interface DerivedStop {
  /** Of the stop's record; of the convoy's where the stop follows from its reports. */
  readonly id: string;
  readonly convoy: string;
  /** Several share its figures: a figure is never split between them. */
  readonly localities: readonly string[];
  readonly outcome: ConvoyStatus | null;
  readonly delivered: boolean;
  readonly date: PartialDate | null;
  /** null: not recorded, which is never read as none. */
  readonly sectors: readonly SectorAt[] | null;
  readonly organisations: readonly string[] | null;
  readonly modalities: readonly Modality[] | null;
  readonly people: PeopleNumbers;
  readonly trucks: DerivedNumber | null;
  readonly otherPeopleThan: string | null;
  readonly daysOfSupply: Figure | null;
  /** Source records of the reports that speak of it. */
  readonly sources: readonly string[];
  readonly caveats: readonly Caveat[];
}

export interface DerivedConvoy {
  readonly id: string;
  readonly name: string;
  /** null: no report says how far it came. */
  readonly status: ConvoyStatus | null;
  readonly statusAccepted: boolean;
  /** Reports give differing ends and nobody has accepted one. */
  readonly disputed: boolean;
  readonly date: PartialDate | null;
  readonly stops: readonly DerivedStop[];
  readonly organisations: readonly string[] | null;
  readonly modalities: readonly Modality[] | null;
  readonly trucks: DerivedNumber | null;
  readonly people: PeopleNumbers;
  /** Ids of its reports, those of several convoys together apart. */
  readonly reports: readonly string[];
  readonly totals: readonly string[];
}

/** The records that hang on a convoy, whether it is there or not. */
export interface ConvoyChildren {
  readonly reports: readonly Report[];
  readonly stops: readonly Stop[];
}

export interface ConvoyRecords extends ConvoyChildren {
  readonly convoy: Convoy;
}

type Part = 'localities' | 'sectors' | 'organisations';

function unionOf(reports: readonly Report[], part: Part): readonly string[] | null {
  const union = new Set<string>();
  for (const report of reports) for (const value of report[part] ?? []) union.add(value);
  return union.size === 0 ? null : [...union].sort();
}

function modalitiesOf(reports: readonly Report[]): readonly Modality[] | null {
  const union = new Set<Modality>();
  for (const report of reports) if (report.modality) union.add(report.modality);
  return union.size === 0 ? null : [...union].sort();
}

/** `CODE` or `CODE@locality id` of records to sectors with their place. */
function readSectors(codes: readonly string[] | null | undefined): readonly SectorAt[] | null {
  if (!codes || codes.length === 0) return null;
  return codes.map((code) => {
    const at = code.indexOf('@');
    if (at < 0) return { sector: code, locality: null };
    return { sector: code.slice(0, at).trim(), locality: code.slice(at + 1).trim() };
  });
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const set = new Set(a);
  return set.size === new Set(b).size && b.every((value) => set.has(value));
}

interface Evidence {
  /** All reports that are not totals. */
  readonly reports: readonly Report[];
  /** Those of them with the convoy's status. */
  readonly withStatus: readonly Report[];
}

type NumberOf = (report: Report) => Figure | undefined;

function derivedNumber(
  evidence: Evidence,
  places: readonly string[],
  accepted: Figure | undefined,
  numberOf: NumberOf,
): DerivedNumber | null {
  if (accepted === undefined && evidence.reports.length === 0) return null;
  const figuresOf = (reports: readonly Report[]): Figure[] =>
    reports.flatMap((report) => numberOf(report) ?? []);
  const all = figuresOf(evidence.reports);
  const exact = new Set(
    evidence.withStatus.filter((report) => isSameSet(report.localities ?? [], places)),
  );
  const fromExact = agreedFigure(figuresOf([...exact]));
  const value =
    accepted ??
    fromExact ??
    agreedFigure(figuresOf(evidence.reports.filter((report) => !exact.has(report))));
  if (value === null) return null;
  return {
    value,
    accepted: accepted !== undefined,
    fromEarlierStageOrPart: accepted === undefined && fromExact === null,
    values: countFigures(all),
    given: all.length,
    of: evidence.reports.length,
  };
}

const peopleOf =
  (kind: PeopleKind): NumberOf =>
  (report) =>
    (report.peopleKind ?? 'intended') === kind ? report.people : undefined;

function peopleNumbers(
  evidence: Evidence,
  places: readonly string[],
  accepted: Pick<Stop, 'peopleIntended' | 'peopleApproved' | 'peopleReached'>,
): PeopleNumbers {
  const number = (kind: PeopleKind, figure: Figure | undefined): DerivedNumber | null =>
    derivedNumber(evidence, places, figure, peopleOf(kind));
  return {
    intended: number('intended', accepted.peopleIntended),
    approved: number('approved', accepted.peopleApproved),
    reached: number('reached', accepted.peopleReached),
  };
}

/** The status that its accepted stops give to a convoy without a report. */
function statusOfStops(stops: readonly Stop[]): ConvoyStatus | null {
  const outcomes = new Set(stops.flatMap((stop) => stop.outcome ?? []));
  return agreedStatus([...outcomes])?.status ?? null;
}

function stopCaveats(
  convoy: string,
  disputed: boolean,
  date: PartialDate | null,
): readonly Caveat[] {
  const caveats: Caveat[] = [];
  if (date?.approximate) caveats.push({ type: 'approximate_date', date: date.edtf });
  if (disputed) caveats.push({ type: 'disputed_status', convoy });
  return caveats;
}

/**
 * What is true of one convoy, from what was accepted and from its reports. Accepted values stand;
 * the rest follows from the reports that count no other convoy in (`scope` is not `total`).
 */
export function deriveConvoy({ convoy, reports: given, stops }: ConvoyRecords): DerivedConvoy {
  const sorted = [...given].sort(byId);
  const reports = sorted.filter((report) => report.scope !== 'total');
  const agreed = agreedStatus(reports.flatMap((report) => report.status ?? []));
  const status = convoy.status ?? agreed?.status ?? statusOfStops(stops);
  const statusAccepted = convoy.status !== undefined;
  const disputed = !statusAccepted && (agreed?.disputed ?? false);
  const givenAs: ReadonlySet<ConvoyStatus | null> =
    statusAccepted || !agreed ? new Set([status]) : agreed.givenAs;
  const matching = reports.filter((report) => givenAs.has(report.status ?? null));
  // An accepted status that no report gives: what the reports say of the rest still counts.
  const withStatus = matching.length > 0 ? matching : reports;
  const evidence: Evidence = { reports, withStatus };

  const datesOf = (from: readonly Report[]): PartialDate[] =>
    from.flatMap((report) => dateOf(report.date) ?? []);
  const others = reports.filter((report) => !withStatus.includes(report));
  const date =
    dateOf(convoy.date) ?? agreedDate(datesOf(withStatus)) ?? agreedDate(datesOf(others));
  const reportedPlaces = unionOf(withStatus, 'localities') ?? [];
  const members = [convoy.leadOrganisation, ...(convoy.partners ?? [])].filter(
    (organisation) => organisation !== undefined,
  );
  const organisations =
    members.length > 0 ? [...new Set(members)] : unionOf(withStatus, 'organisations');
  const modalities = convoy.modality ? [convoy.modality] : modalitiesOf(withStatus);
  const sectors = readSectors(unionOf(withStatus, 'sectors'));

  const stopOf = (stop: Partial<Stop>, id: string, places: readonly string[]): DerivedStop => {
    const outcome = stop.outcome ?? status;
    const stopDate = dateOf(stop.arrivedOn) ?? date;
    const isOpen = disputed && stop.outcome === undefined;
    return {
      id,
      convoy: convoy.id,
      localities: places,
      outcome,
      delivered: isDeliveredStatus(outcome),
      date: stopDate,
      sectors: readSectors(stop.sectors) ?? sectors,
      organisations,
      modalities,
      people: peopleNumbers(evidence, places, stop),
      trucks: derivedNumber(evidence, places, stop.trucksUnloaded, (report) => report.trucks),
      otherPeopleThan: stop.otherPeopleThan ?? null,
      daysOfSupply: stop.daysOfSupply ?? null,
      sources: [...new Set(reports.map((report) => report.source))],
      caveats: stopCaveats(convoy.id, isOpen, stopDate),
    };
  };
  const derivedStops =
    stops.length > 0
      ? [...stops]
          .sort((a, b) => (a.order ?? 0) - (b.order ?? 0) || byId(a, b))
          .map((stop) => stopOf(stop, stop.id, [...new Set(stop.localities)]))
      : reportedPlaces.length > 0
        ? [stopOf({}, convoy.id, reportedPlaces)]
        : [];
  const places = [...new Set(derivedStops.flatMap((stop) => stop.localities))];
  const onlyStop = stops.length === 1 ? (stops[0] ?? {}) : {};
  return {
    id: convoy.id,
    name: convoy.name ?? convoy.eventKey ?? convoy.id,
    status,
    statusAccepted,
    disputed,
    date,
    stops: derivedStops,
    organisations,
    modalities,
    trucks: derivedNumber(evidence, places, convoy.trucksEntered, (report) => report.trucks),
    people: peopleNumbers(evidence, places, onlyStop),
    reports: reports.map((report) => report.id),
    totals: sorted.filter((report) => report.scope === 'total').map((report) => report.id),
  };
}
