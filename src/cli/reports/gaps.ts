import { allCaveats, computeGaps, type LocalityGaps } from '#lib/domain/access/gaps.ts';
import { gapsReport, type GapsReport, type SeriesReport } from '#lib/domain/access/reports.ts';
import { caveatSentence } from '#lib/statements/caveats.ts';
import { daysLength } from '#lib/statements/length.ts';
import { type Reader, render, renderAlone } from '#lib/statements/render.ts';
import { openWaitSentence } from '#lib/statements/results.ts';
import { localitiesPart, sentence } from '#lib/statements/sentence.ts';
import type { Report, TableRow } from './report-answer.ts';

/** Indicator 1 for every place that a delivered stop names, by name. */
export const gaps: Report = {
  uses: ['lens'],
  answer: (records, { asOf, lens }, reader) => {
    const { dataset } = records;
    const found = computeGaps(records, { asOf, lens });
    const json = gapsReport(found, dataset, asOf, lens);
    const nameOf = (one: LocalityGaps): string => reader.localityName(one.locality);
    const sorted = [...found].sort((a, b) => reader.language.compare(nameOf(a), nameOf(b)));
    return {
      json,
      table: {
        header: ['locality', 'pcode', 'from', 'to', 'days_least', 'days_greatest', 'bound'],
        rows: json.localities.flatMap(rowsOf),
      },
      lines: sorted.flatMap((one) => linesOf(one, reader)),
    };
  },
};

function rowsOf(locality: GapsReport['localities'][number]): readonly TableRow[] {
  const { name, pcode } = locality;
  const rows = ({ gaps: closed, open }: SeriesReport, bound: string): TableRow[] => [
    ...closed.map(({ from, to, days }): TableRow => [name, pcode, from, to, ...days, bound]),
    ...(open ? [[name, pcode, open.from, null, ...open.days, bound] as TableRow] : []),
  ];
  return [
    ...rows(locality, 'recorded'),
    ...(locality.possible ? rows(locality.possible, 'possible') : []),
  ];
}

function linesOf(found: LocalityGaps, reader: Reader): readonly string[] {
  const { language } = reader;
  const wait = sentence('wait.ofPlaces', {
    places: localitiesPart([found.locality]),
    sentence: openWaitSentence(found),
  });
  const closed = found.recorded.gaps.map(({ from, to, days }) => {
    const length = render(daysLength(days), reader);
    return `  ${language.date(from.date)} – ${language.date(to.date)}: ${length}`;
  });
  const caveats = allCaveats(found).map((one) => `  (${render(caveatSentence(one), reader)})`);
  return [renderAlone(wait, reader), ...closed, ...caveats];
}
