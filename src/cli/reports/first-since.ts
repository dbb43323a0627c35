import { computeFirstSince, type FirstSince } from '#lib/domain/access/first-since.ts';
import { firstSinceReport } from '#lib/domain/access/reports.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { caveatSentence } from '#lib/statements/caveats.ts';
import { firstSinceOfPlaces, firstSinceSentence } from '#lib/statements/first-since.ts';
import type { FirstSinceFacts } from '#lib/statements/first-since.ts';
import { type Reader, render, renderAlone } from '#lib/statements/render.ts';
import type { Report } from './report-answer.ts';

/** Indicator 2 for every delivery not after the as-of date, by date, then convoy. */
export const firstSince: Report = (records, { asOf, lens }, reader) => {
  const { dataset } = records;
  const found = computeFirstSince(records, { asOf, lens });
  const textOf = (entry: FirstSince): string =>
    render(firstSinceSentence(factsOf(entry, dataset, reader)), reader);
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
      const words = firstSinceOfPlaces(factsOf(entry, dataset, reader));
      const date = reader.language.date(entry.date.edtf);
      const caveats = entry.caveats.map((one) => `  (${render(caveatSentence(one), reader)})`);
      return [`${date} · ${renderAlone(words, reader)}`, ...caveats];
    }),
  };
};

function factsOf(entry: FirstSince, dataset: Dataset, reader: Reader): FirstSinceFacts {
  const { since, accordingTo } = entry;
  const sources = accordingTo.flatMap((id) => {
    const source = dataset.source.get(id);
    return source?.publisher ?? source?.title ?? [];
  });
  return {
    date: entry.date.edtf,
    localities: entry.localities,
    since: since?.date.edtf ?? null,
    length: since && { days: since.days, months: since.months },
    lens: entry.lens,
    recordsSince: entry.recordsSince,
    possiblyNotFirst: entry.caveats.some(({ type }) => type === 'possibly_not_first'),
    source: sources.length > 0 ? reader.language.list([...new Set(sources)]) : null,
    modality: entry.byAir,
  };
}
