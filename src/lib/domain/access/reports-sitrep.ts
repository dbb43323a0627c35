import { dayToIso } from '../dates/day.ts';
import { figureToText } from '../figures/figure.ts';
import type { Dataset } from '../records/dataset.ts';
import type { DerivedNumber } from './from-reports.ts';
import {
  coverageReport,
  type CoverageReport,
  disagreementReport,
  type DisagreementReport,
  firstSinceReport,
  type FirstSinceReport,
  peopleDeliveriesReport,
  type PeopleDeliveriesReport,
  reachReport,
  type ReachReport,
} from './reports.ts';
import {
  incidentsReport,
  type IncidentsReport,
  removedReport,
  type RemovedReport,
  requestsReport,
  type RequestsReport,
} from './reports-requests.ts';
import type { FirstSince } from './first-since.ts';
import { type PublishedTotalReport, publishedTotalsReport } from './reports-published.ts';
import type { Sitrep, SitrepConvoy } from './sitrep.ts';

interface ConvoyReport {
  readonly convoy: string;
  readonly date: string;
  readonly localities: readonly string[];
  readonly status: string | null;
  readonly trucks: string | null;
  readonly peopleReached: string | null;
  readonly peopleIntended: string | null;
  readonly possible: boolean;
}

/** The results that a situation report's sentences are made of. */
export interface SitrepReport {
  readonly since: string;
  readonly asOf: string;
  readonly classifier: string;
  readonly series: string;
  readonly status: string;
  readonly recordsTo: string | null;
  readonly deliveries: readonly ConvoyReport[];
  readonly refusals: readonly ConvoyReport[];
  readonly firsts: FirstSinceReport['entries'];
  readonly coverage: CoverageReport;
  readonly publishedTotals: readonly PublishedTotalReport[];
  readonly waits: readonly {
    readonly name: string;
    readonly since: string | null;
    readonly days: readonly [number, number] | null;
  }[];
  readonly reach: ReachReport;
  readonly people: PeopleDeliveriesReport;
  readonly requests: RequestsReport;
  readonly removed: RemovedReport;
  readonly incidents: IncidentsReport;
  readonly disagreement: DisagreementReport['entries'];
}

const textOf = (number: DerivedNumber | null): string | null =>
  number && figureToText(number.value);

/** The data of `report sitrep`: each part in the shape of its own report. */
export function sitrepReport(
  found: Sitrep,
  dataset: Pick<Dataset, 'locality'>,
  firstText: (entry: FirstSince) => string,
): SitrepReport {
  const nameOf = (id: string): string => dataset.locality.get(id)?.name ?? id;
  const convoyOf = ({ convoy, date, isPossible }: SitrepConvoy): ConvoyReport => ({
    convoy: convoy.name,
    date: date.edtf,
    localities: [...new Set(convoy.stops.flatMap(({ localities }) => localities))]
      .map(nameOf)
      .sort((a, b) => a.localeCompare(b, 'en')),
    status: convoy.status,
    trucks: textOf(convoy.trucks),
    peopleReached: textOf(convoy.people.reached),
    peopleIntended: textOf(convoy.people.intended),
    possible: isPossible,
  });
  const { since, asOf, classifier, series, status, recordsTo, lens } = found;
  return {
    since: dayToIso(since),
    asOf: dayToIso(asOf),
    classifier,
    series,
    status,
    recordsTo: recordsTo === null ? null : dayToIso(recordsTo),
    deliveries: found.deliveries.map(convoyOf),
    refusals: found.refusals.map(convoyOf),
    firsts: firstSinceReport(found.firsts, dataset, asOf, lens, firstText).entries,
    coverage: coverageReport(found.coverage, dataset),
    publishedTotals: publishedTotalsReport(found.publishedTotals),
    waits: found.waits.map(({ locality, open }) => ({
      name: nameOf(locality),
      since: open?.from.date ?? null,
      days: open?.days ?? null,
    })),
    reach: reachReport(found.reach, found, dataset),
    people: peopleDeliveriesReport(found.people),
    requests: requestsReport(found.requests),
    removed: removedReport(found.removed, dataset),
    incidents: incidentsReport(found.incidents, dataset),
    disagreement: disagreementReport(found.disagreements).entries,
  };
}
