import type { AccessRecords } from '#lib/domain/access/access-records.ts';
import { computeDisagreements, type Disagreement } from '#lib/domain/access/disagreement.ts';
import { disagreementReport } from '#lib/domain/access/reports.ts';
import { disagreementSentence } from '#lib/statements/disagreement.ts';
import { render } from '#lib/statements/render.ts';
import { convoyHead } from '#lib/statements/results.ts';
import { type Part, sentence } from '#lib/statements/sentence.ts';
import type { Report } from './report-answer.ts';

/** Indicator 10 for every convoy not after the as-of date; it knows no lens. */
export const disagreement: Report = {
  uses: [],
  answer: (records, { asOf }, reader) => {
    const found = computeDisagreements(records, asOf);
    const json = disagreementReport(found);
    return {
      json,
      table: {
        header: ['convoy', 'figure', 'accepted', 'value', 'reports'],
        rows: json.entries.flatMap(({ convoy, figure, accepted, values }) =>
          values.map(({ value, reports }) => [convoy, figure, accepted, value, reports]),
        ),
      },
      lines: found.map((entry) => {
        const rest = disagreementSentence(entry);
        const head = titleOf(entry, records);
        return render(sentence('convoyLine.full', { head, rest }), reader);
      }),
    };
  },
};

/** "Arbin and Zamalka, 29 June 2016"; a convoy that came nowhere by its name. */
function titleOf({ convoy, convoyName }: Disagreement, { convoys }: AccessRecords): Part {
  const derived = convoys.get(convoy);
  return derived && derived.stops.length > 0 ? convoyHead(derived) : convoyName;
}
