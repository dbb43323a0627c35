import type { FirstSince } from '#lib/domain/access/first-since.ts';
import { sitrepReport } from '#lib/domain/access/reports-sitrep.ts';
import { computeSitrep } from '#lib/domain/access/sitrep.ts';
import { firstSinceSentence } from '#lib/statements/first-since.ts';
import { render } from '#lib/statements/render.ts';
import { firstSinceFacts } from '#lib/statements/results.ts';
import { plainSitrep, renderSitrep, sitrepHtml, sitrepLines } from '#lib/statements/sitrep-text.ts';
import { sitrepSections, sitrepTitle } from '#lib/statements/sitrep.ts';
import { recordNames } from './record-names.ts';
import type { Report, TableRow } from './report-answer.ts';

/** The situation report of a period: its paragraphs, as HTML to paste, and the results behind them. */
export const sitrep: Report = {
  uses: ['since', 'classifier', 'series', 'status', 'lens'],
  from: 'month',
  needsList: true,
  answer: (records, { status, ...request }, reader) => {
    if (status === 'any') throw new Error('a situation report needs the status of a list');
    const found = computeSitrep(records, { ...request, status });
    const names = { ...recordNames(records), silent: request.silent };
    const sections = sitrepSections(found, names);
    const rendered = renderSitrep(sitrepTitle(found), sections, reader);
    const text = plainSitrep(rendered);
    const firstText = (entry: FirstSince): string =>
      render(firstSinceSentence(firstSinceFacts(entry, names.sourceName)), reader);
    return {
      json: {
        ...sitrepReport(found, records.dataset, firstText),
        lang: text.locale,
        title: text.title,
        sections: text.sections,
        html: sitrepHtml(rendered),
      },
      table: {
        header: ['section', 'heading', 'kind', 'text'],
        rows: text.sections.flatMap(({ id, heading, blocks }) =>
          blocks.flatMap((block): TableRow[] =>
            block.kind === 'paragraph'
              ? [[id, heading, 'paragraph', block.text]]
              : block.items.map((item) => [id, heading, 'item', item]),
          ),
        ),
      },
      lines: sitrepLines(text),
    };
  },
};
