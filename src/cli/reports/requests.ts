import { requestsReport } from '#lib/domain/access/reports-requests.ts';
import { computeRequests } from '#lib/domain/access/requests.ts';
import { renderAlone } from '#lib/statements/render.ts';
import { requestsSentences } from '#lib/statements/requests.ts';
import { boundCells } from './cells.ts';
import type { Report } from './report-answer.ts';

/** Indicator 6: what was asked, answered and delivered, by the plan's period. It names no place. */
export const requests: Report = {
  uses: ['since'],
  from: 'year',
  answer: (records, request, reader) => {
    const found = computeRequests(records, request);
    const json = requestsReport(found);
    return {
      json,
      table: {
        header: [
          ...['period', 'step', 'lines_least', 'lines_greatest'],
          ...['people_least', 'people_greatest', 'without_number'],
        ],
        rows: json.periods.flatMap(({ period, requested, answers, departed, delivered }) =>
          Object.entries({ requested, ...answers, departed, delivered }).map(
            ([step, { lines, people, withoutNumber }]) => [
              period,
              step,
              ...boundCells(lines),
              ...boundCells(people),
              withoutNumber,
            ],
          ),
        ),
      },
      lines: requestsSentences(found).map((one) => renderAlone(one, reader)),
    };
  },
};
