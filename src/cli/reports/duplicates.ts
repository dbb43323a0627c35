import { computeDuplicates } from '#lib/domain/access/duplicates.ts';
import { duplicatesReport } from '#lib/domain/access/reports.ts';
import { duplicatePair } from '#lib/statements/duplicates.ts';
import { renderAlone } from '#lib/statements/render.ts';
import { sentence } from '#lib/statements/sentence.ts';
import { listCell } from './cells.ts';
import type { Report } from './report-answer.ts';

/** Indicator 12: pairs of convoys that may be one; nothing is merged. */
export const duplicates: Report = {
  uses: [],
  answer: (records, { asOf }, reader) => {
    const found = computeDuplicates(records, asOf);
    const json = duplicatesReport(found, records, asOf);
    const pairs = found.flatMap(({ convoys: [first, second] }) => {
      const [one, other] = [records.convoys.get(first), records.convoys.get(second)];
      return one && other ? [duplicatePair(one, other)] : [];
    });
    const said = pairs.length > 0 ? pairs : [sentence('duplicate.none')];
    return {
      json,
      table: {
        header: ['convoy', 'date', 'other_convoy', 'other_date', 'localities'],
        rows: json.entries.map(({ convoys, dates, localities }) => [
          convoys[0],
          dates[0],
          convoys[1],
          dates[1],
          listCell(localities),
        ]),
      },
      lines: said.map((one) => renderAlone(one, reader)),
    };
  },
};
