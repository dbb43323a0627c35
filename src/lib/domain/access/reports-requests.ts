import { type Day, dayToIso } from '../dates/day.ts';
import { figureToText } from '../figures/figure.ts';
import type { Dataset } from '../records/dataset.ts';
import type { IncidentsNearDeliveries } from './incidents.ts';
import type { ItemsRemoved } from './items-removed.ts';
import { type NumberOrRange, numberOrRange } from './reports.ts';
import type { FunnelPeople } from './request-people.ts';
import type { FunnelPeriod, FunnelStage, RequestFunnel } from './requests.ts';
import type { LocalitySupply } from './supply.ts';

/** Indicators 6 to 9 in the shapes that the command line gives out: keys are added, never changed. */

interface StageReport {
  readonly lines: NumberOrRange;
  /** People asked for in these lines; null: none of them gives a number. */
  readonly people: NumberOrRange | null;
  readonly withoutNumber: number;
}

export interface RequestsReport {
  readonly asOf: string;
  readonly since: string | null;
  readonly periods: readonly {
    readonly period: string;
    readonly requested: StageReport;
    readonly answers: Readonly<Record<string, StageReport>>;
    readonly approvedPeople: NumberOrRange | null;
    readonly departed: StageReport;
    readonly delivered: StageReport;
    readonly reached: NumberOrRange | null;
    readonly intended: NumberOrRange | null;
    readonly notSubmitted: number;
  }[];
  readonly answerDays: {
    readonly median: NumberOrRange | null;
    readonly answered: number;
    readonly unanswered: number;
    readonly undated: number;
  };
  readonly householdSize: number | null;
}

const peopleOf = ({ people }: FunnelPeople): NumberOrRange | null => numberOrRange(people);

const stageOf = ({ lines, people }: FunnelStage): StageReport => ({
  lines: numberOrRange(lines) ?? 0,
  people: peopleOf(people),
  withoutNumber: people.withoutNumber,
});

const periodOf = (found: FunnelPeriod): RequestsReport['periods'][number] => ({
  period: found.period,
  requested: stageOf(found.requested),
  answers: Object.fromEntries(
    Object.entries(found.answers).map(([answer, stage]) => [answer, stageOf(stage)]),
  ),
  approvedPeople: peopleOf(found.approvedPeople),
  departed: stageOf(found.departed),
  delivered: stageOf(found.delivered),
  reached: peopleOf(found.reached),
  intended: peopleOf(found.intended),
  notSubmitted: found.notSubmitted.length,
});

/** `report requests`: by the plan's period, in lines and people; it names no place. */
export const requestsReport = (found: RequestFunnel): RequestsReport => ({
  asOf: dayToIso(found.asOf),
  since: found.since === null ? null : dayToIso(found.since),
  periods: found.periods.map(periodOf),
  answerDays: {
    median: numberOrRange(found.medianDays),
    answered: found.answerTimes.length,
    unanswered: found.unansweredRequests.length,
    undated: found.undatedRequests.length,
  },
  householdSize: found.householdSize,
});

export interface SupplyReport {
  readonly asOf: string;
  readonly since: string;
  readonly series: string;
  readonly localities: readonly {
    readonly name: string;
    readonly pcode: string | null;
    /** Earliest and latest day; either may not be known. */
    readonly endsOn: readonly [string | null, string | null] | null;
    readonly covered: {
      readonly days: NumberOrRange | null;
      readonly of: number;
      readonly share: NumberOrRange | null;
    } | null;
    readonly notComputed: string | null;
    readonly deliveries: readonly {
      readonly date: string;
      readonly people: NumberOrRange | null;
      readonly daysOfSupply: string;
    }[];
    readonly caveats: LocalitySupply['caveats'];
  }[];
}

/** `report supply`: recorded supply of each place with a delivery, by name. */
export function supplyReport(
  found: readonly LocalitySupply[],
  { locality: localities }: Pick<Dataset, 'locality'>,
  { asOf, since, series }: { readonly asOf: Day; readonly since: Day; readonly series: string },
): SupplyReport {
  const isoOf = (day: Day | null): string | null => (day === null ? null : dayToIso(day));
  return {
    asOf: dayToIso(asOf),
    since: dayToIso(since),
    series,
    localities: found.map(({ locality, endsOn, covered, notComputed, deliveries, caveats }) => ({
      name: localities.get(locality)?.name ?? locality,
      pcode: localities.get(locality)?.pcode ?? null,
      endsOn: endsOn && [isoOf(endsOn[0]), isoOf(endsOn[1])],
      covered: covered && {
        days: numberOrRange(covered.days),
        of: covered.of,
        share: numberOrRange(covered.share),
      },
      notComputed,
      deliveries: deliveries.map(({ date, people, daysOfSupply }) => ({
        date: date.edtf,
        people: numberOrRange(people),
        daysOfSupply: figureToText(daysOfSupply),
      })),
      caveats,
    })),
  };
}

export interface RemovedReport {
  readonly entries: readonly {
    readonly month: string;
    readonly item: string;
    readonly unit: string | null;
    readonly quantity: NumberOrRange | null;
    readonly lines: number;
    readonly withoutQuantity: number;
    readonly localities: readonly string[];
  }[];
}

/** Items removed, as the situation report gives them out. */
export const removedReport = (
  { entries }: ItemsRemoved,
  { locality: localities }: Pick<Dataset, 'locality'>,
): RemovedReport => ({
  entries: entries.map(({ month, item, unit, quantity, lines, withoutQuantity, ...entry }) => ({
    month,
    item,
    unit,
    quantity: numberOrRange(quantity),
    lines,
    withoutQuantity,
    localities: entry.localities.map((id) => localities.get(id)?.name ?? id),
  })),
});

export interface IncidentsReport {
  readonly incidents: number;
  readonly entries: readonly {
    readonly date: string;
    readonly delivery: string;
    readonly localities: readonly string[];
    readonly days: readonly [number, number];
    readonly side: string;
    readonly certainty: string;
    readonly constraint: string | null;
    readonly verification: string | null;
  }[];
}

/** Incidents near deliveries, as the situation report gives them out: dates, no rate, no cause. */
export const incidentsReport = (
  { entries, incidents }: IncidentsNearDeliveries,
  { locality: localities }: Pick<Dataset, 'locality'>,
): IncidentsReport => ({
  incidents: incidents.length,
  entries: entries.map(({ date, deliveryDate, days, side, certainty, ...entry }) => ({
    date: date.edtf,
    delivery: deliveryDate.edtf,
    localities: entry.localities.map((id) => localities.get(id)?.name ?? id),
    days,
    side,
    certainty,
    constraint: entry.constraint ?? null,
    verification: entry.verification ?? null,
  })),
});
