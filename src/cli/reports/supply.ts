import { supplyReport } from '#lib/domain/access/reports-requests.ts';
import { computeSupply } from '#lib/domain/access/supply.ts';
import { render, renderAlone } from '#lib/statements/render.ts';
import {
  findingOfSupply,
  supplyCaveatSentences,
  supplyLabel,
  supplySentence,
} from '#lib/statements/supply.ts';
import { boundCells } from './cells.ts';
import type { Report } from './report-answer.ts';

/** Indicator 7: how long recorded deliveries alone can have fed each place. */
export const supply: Report = {
  uses: ['since', 'series'],
  from: 'year',
  answer: (records, request, reader) => {
    const found = computeSupply(records, request);
    const json = supplyReport(found, records.dataset, request);
    return {
      json,
      table: {
        header: [
          ...['locality', 'pcode', 'ends_earliest', 'ends_latest'],
          ...['days_least', 'days_greatest', 'of_days', 'not_computed'],
        ],
        rows: json.localities.map(({ name, pcode, endsOn, covered, notComputed }) => [
          name,
          pcode,
          ...(endsOn ?? [null, null]),
          ...boundCells(covered?.days ?? null),
          covered?.of ?? null,
          notComputed,
        ]),
      },
      lines: [
        ...[findingOfSupply(found), supplyLabel()].map((one) => renderAlone(one, reader)),
        ...found.flatMap((one) => [
          renderAlone(supplySentence(one), reader),
          ...supplyCaveatSentences(one.caveats).map((caveat) => `  (${render(caveat, reader)})`),
        ]),
      ],
    };
  },
};
