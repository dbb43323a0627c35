import { computeClaims } from '#lib/domain/access/claims.ts';
import { claimsReport } from '#lib/domain/access/reports.ts';
import { claimSentence, reasonSentences } from '#lib/statements/claims.ts';
import { render, renderAlone } from '#lib/statements/render.ts';
import { convoyHead } from '#lib/statements/results.ts';
import { sentence } from '#lib/statements/sentence.ts';
import { listCell } from './cells.ts';
import { recordNames } from './record-names.ts';
import type { Report } from './report-answer.ts';

/** Indicator 11: every claim about a convoy, held against the records. */
export const claims: Report = {
  uses: ['classifier'],
  answer: (records, { asOf, classifier }, reader) => {
    const names = recordNames(records);
    const found = computeClaims(records, { asOf, classifier });
    const json = claimsReport(found, records.dataset);
    return {
      json,
      table: {
        header: ['convoy', 'claim', 'kind', 'verdict', 'because'],
        rows: found.map(({ convoyName, text, kind, verdict, because }) => {
          const reasons = reasonSentences(because, names).map((one) => render(one, reader));
          return [convoyName, text, kind, verdict, listCell(reasons)];
        }),
      },
      lines: found.map((check) => {
        const convoy = records.convoys.get(check.convoy);
        const rest = claimSentence(check, names);
        if (!convoy) return renderAlone(rest, reader);
        return render(sentence('convoyLine.full', { head: convoyHead(convoy), rest }), reader);
      }),
    };
  },
};
