import type { ItemsRemoved, RemovedItem } from '#lib/domain/access/items-removed.ts';
import { type Reader, renderAlone } from '#lib/statements/render.ts';
import { removedSentence } from '#lib/statements/items-removed.ts';
import { cell, type Chart } from './chart.ts';
import { boundsRaw, boundsText } from './reach-chart.ts';
import { type ChartRow, rowScene } from './row-chart.ts';
import type { Said } from './said.ts';
import { BAR_HEIGHT, barShapes, valueAxis } from './value-axis.ts';

/** Only quantities of one item in one unit are comparable: each such group has an axis of its own. */
const groupOf = ({ item, unit }: RemovedItem): string => `${item}\u0000${unit ?? ''}`;

/**
 * What was taken off convoys, by item and unit, month by month (indicator 8). Bars are comparable
 * within one item and unit alone; a quantity that nobody recorded is hatched.
 */
export function removedChart(
  { entries }: Pick<ItemsRemoved, 'entries'>,
  { asOf, ...said }: Said,
  reader: Reader,
): Chart {
  const { language } = reader;
  const ordered = [...entries].sort(
    (a, b) =>
      language.compare(a.item, b.item) ||
      language.compare(a.unit ?? '', b.unit ?? '') ||
      (a.month < b.month ? -1 : 1),
  );
  const greatest = new Map<string, number>();
  for (const entry of ordered) {
    const key = groupOf(entry);
    greatest.set(key, Math.max(greatest.get(key) ?? 1, entry.quantity?.[1] ?? 0));
  }
  const rows = ordered.map((entry): ChartRow => {
    const words = renderAlone(removedSentence(entry), reader);
    const month = language.date(entry.month, 'short');
    return {
      id: `${groupOf(entry)} ${entry.month}`,
      name: entry.item,
      second: month,
      figures: [words],
      label: `${month}${language.t('list.comma')}${words}`,
      records: [...entry.from, ...entry.convoys],
      plotHeight: BAR_HEIGHT,
      draw: (box) => barShapes(entry.quantity, valueAxis(greatest.get(groupOf(entry)) ?? 1), box),
    };
  });
  return {
    kind: 'removed',
    asOf,
    ...said,
    caveats: [language.t('chart.keyRemoved'), ...said.caveats],
    table: {
      columns: [
        { title: language.t('chart.colMonth') },
        { title: language.t('chart.colItem') },
        { title: language.t('chart.colQuantity'), isNumber: true },
        { title: language.t('chart.colUnit') },
        { title: language.t('chart.colNoQuantity'), isNumber: true },
      ],
      rows: ordered.map((entry, index) => ({
        cells: [
          cell(language.date(entry.month, 'short'), entry.month),
          cell(entry.item),
          cell(boundsText(entry.quantity, reader), boundsRaw(entry.quantity)),
          cell(entry.unit ?? '–', entry.unit ?? ''),
          cell(language.number(entry.withoutQuantity), String(entry.withoutQuantity)),
        ],
        records: rows[index]?.records ?? [],
      })),
    },
    draw: (options) => rowScene(rows, null, options),
  };
}
