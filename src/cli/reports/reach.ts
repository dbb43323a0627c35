import { computePeopleDeliveries, computeReach } from '#lib/domain/access/reach.ts';
import { peopleDeliveriesReport, reachReport } from '#lib/domain/access/reports.ts';
import { monthSentences, peopleDeliveriesSentences } from '#lib/statements/reach.ts';
import { renderAlone } from '#lib/statements/render.ts';
import { boundCells } from './cells.ts';
import type { Report } from './report-answer.ts';

const MEASURES = ['reached', 'intended'] as const;

/** Indicators 4 and 5: people reached and people intended, by month and added up. */
export const reach: Report = {
  uses: ['since', 'classifier', 'series', 'status'],
  from: 'year',
  answer: (records, request, reader) => {
    const { asOf, since, status, classifier, series } = request;
    // whatever else was asked for: these are of all deliveries
    const scope = { status, classifier, series };
    const months = computeReach(records, request);
    const sum = computePeopleDeliveries(records, request);
    const json = {
      ...reachReport(months, request, records.dataset),
      cumulative: peopleDeliveriesReport(sum),
    };
    const ends = (name: string): string[] => [`${name}_least`, `${name}_greatest`];
    return {
      json,
      table: {
        header: [
          'month',
          ...MEASURES.flatMap(ends),
          ...ends('population'),
          ...MEASURES.flatMap((measure) => ends(`share_${measure}`)),
          'deliveries',
          ...MEASURES.map((measure) => `without_${measure}`),
        ],
        rows: json.months.map((month) => [
          month.month,
          ...MEASURES.flatMap((measure) => boundCells(month[measure])),
          ...boundCells(month.population),
          ...MEASURES.flatMap((measure) => boundCells(month.share[measure])),
          month.deliveries,
          ...MEASURES.map((measure) => month.withoutNumber[measure]),
        ]),
      },
      lines: [
        ...months.flatMap((month) => monthSentences(month, scope)),
        ...peopleDeliveriesSentences(sum, since, asOf),
      ].map((one) => renderAlone(one, reader)),
    };
  },
};
