import { computeFirstSince, type FirstSince } from '#lib/domain/access/first-since.ts';
import { firstSinceReport } from '#lib/domain/access/reports.ts';
import { caveatSentence } from '#lib/statements/caveats.ts';
import { firstSinceOfPlaces, firstSinceSentence } from '#lib/statements/first-since.ts';
import type { FirstSinceFacts } from '#lib/statements/first-since.ts';
import { render, renderAlone } from '#lib/statements/render.ts';
import { firstSinceFacts } from '#lib/statements/results.ts';
import { recordNames } from './record-names.ts';
import type { Report } from './report-answer.ts';

/** Indicator 2 for every delivery not after the as-of date, by date, then convoy. */
export const firstSince: Report = {
  uses: ['lens'],
  answer: (records, { asOf, lens }, reader) => {
    const { dataset } = records;
    const { sourceName } = recordNames(records);
    const found = computeFirstSince(records, { asOf, lens });
    const factsOf = (entry: FirstSince): FirstSinceFacts => firstSinceFacts(entry, sourceName);
    const textOf = (entry: FirstSince): string =>
      render(firstSinceSentence(factsOf(entry)), reader);
    const json = firstSinceReport(found, dataset, asOf, lens, textOf);
    return {
      json,
      table: {
        header: ['convoy', 'date', 'localities', 'since', 'days_least', 'days_greatest', 'text'],
        rows: json.entries.map(({ convoy, date, localities, since, days, text }) => [
          convoy,
          date,
          localities.join('; '),
          since,
          days?.[0] ?? null,
          days?.[1] ?? null,
          text,
        ]),
      },
      lines: found.flatMap((entry) => {
        const words = firstSinceOfPlaces(factsOf(entry));
        const date = reader.language.date(entry.date.edtf);
        const caveats = entry.caveats.map((one) => `  (${render(caveatSentence(one), reader)})`);
        return [`${date} · ${renderAlone(words, reader)}`, ...caveats];
      }),
    };
  },
};
