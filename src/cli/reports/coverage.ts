import { computeCoverage } from '#lib/domain/access/coverage.ts';
import { publishedTotals } from '#lib/domain/access/published-totals.ts';
import { publishedTotalsReport } from '#lib/domain/access/reports-published.ts';
import { coverageReport } from '#lib/domain/access/reports.ts';
import { coverageSentences } from '#lib/statements/coverage.ts';
import { publishedTotalSentences } from '#lib/statements/published-totals.ts';
import { renderAlone } from '#lib/statements/render.ts';
import type { Report } from './report-answer.ts';

/** Indicator 3: which places of a list had a delivery since a date. */
export const coverage: Report = {
  uses: ['since', 'classifier', 'status', 'lens'],
  from: 'year',
  needsList: true,
  answer: (records, { asOf, since, classifier, status, lens }, reader) => {
    if (status === 'any') throw new Error('coverage needs the status of a list');
    const found = computeCoverage(records, { asOf, since, classifier, status, lens });
    const totals = publishedTotals(records.dataset, { status, asOf });
    const json = {
      ...coverageReport(found, records.dataset),
      publishedTotals: publishedTotalsReport(totals),
    };
    const nameOf = (id: string): string => records.dataset.locality.get(id)?.name ?? id;
    const rows = (result: string, names: readonly string[]) =>
      names.map((name) => [
        ...[name, result, json.status, json.classifier, json.since, json.asOf],
        ...[null, null, null, null],
      ]);
    return {
      json,
      table: {
        header: [
          ...['locality', 'delivery', 'status', 'classifier', 'since', 'as_of'],
          ...['published_by', 'published_total', 'people', 'unit'],
        ],
        rows: [
          ...rows(
            'certain',
            found.certain.map(({ locality }) => nameOf(locality)),
          ),
          ...rows('possible', json.possiblePlaces),
          ...rows('none_on_record', json.without),
          ...rows('status_unclear', json.statusUnclear),
          // what was published for all places together: it names none, and nothing is a share of it
          ...json.publishedTotals.map(({ series, total, asOf: on, people, unit }) => [
            ...[null, 'published_total', json.status, null, null, on],
            ...[series, total, people, unit],
          ]),
        ],
      },
      lines: [...coverageSentences(found), ...publishedTotalSentences(totals)].map((one) =>
        renderAlone(one, reader),
      ),
    };
  },
};
