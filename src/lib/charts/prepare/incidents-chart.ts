import type {
  IncidentNearDelivery,
  IncidentsNearDeliveries,
} from '#lib/domain/access/incidents.ts';
import { incidentSentence } from '#lib/statements/incidents.ts';
import { type Reader, renderAlone } from '#lib/statements/render.ts';
import { cell, type Chart } from './chart.ts';
import { boundsText } from './reach-chart.ts';
import { type ChartRow, type PlotBox, rowScene, type RowsHead } from './row-chart.ts';
import type { Said } from './said.ts';
import { line, rect, type Shape, text } from './scene.ts';

/** Indicator 9 looks at three days before and after a delivery. */
const DAYS = 3;
const HEIGHT = 18;
const HALF = 5;

const xOfDay = (days: number, { x0, x1 }: PlotBox): number => {
  const [from, to] = [x0 + 14, x1 - 14];
  const within = Math.min(DAYS, Math.max(-DAYS, days));
  return from + ((within + DAYS) / (2 * DAYS)) * (to - from);
};

function stripHead({ language }: Reader): RowsHead {
  return {
    height: 24,
    draw: (box, bottom) => {
      const shapes: Shape[] = [];
      for (let day = -DAYS; day <= DAYS; day += 1) {
        const x = xOfDay(day, box);
        shapes.push(line(day === 0 ? 'strong' : 'tick', [x, 18], [x, bottom]));
        const words = day > 0 ? `+${language.number(day)}` : language.number(day);
        shapes.push(text('second', words, [x, 13], { anchor: 'middle' }));
      }
      return shapes;
    },
  };
}

/** A cross of ink; over a range of days a line with one at each end, outlined where only possible. */
function incidentShapes({ days, certainty }: IncidentNearDelivery, box: PlotBox): Shape[] {
  const y = box.y + HEIGHT / 2;
  const [from, to] = [xOfDay(days[0], box), xOfDay(days[1], box)];
  const shapes: Shape[] = [];
  if (certainty === 'possible') {
    const corner = [from - HALF - 3, y - HALF - 3] as const;
    shapes.push(rect('cellPossible', corner, to - from + 2 * HALF + 6, 2 * HALF + 6));
  }
  if (to - from > 0.5) shapes.push(line('whisker', [from, y], [to, y]));
  for (const x of new Set([from, to])) {
    shapes.push(line('cross', [x - HALF, y - HALF], [x + HALF, y + HALF]));
    shapes.push(line('cross', [x - HALF, y + HALF], [x + HALF, y - HALF]));
  }
  return shapes;
}

/**
 * Incidents within three days of a delivery, before and after it (indicator 9): a list with dates,
 * from which neither a rate nor a cause can be read.
 */
export function incidentsChart(
  { entries }: Pick<IncidentsNearDeliveries, 'entries'>,
  { asOf, ...said }: Said,
  reader: Reader,
): Chart {
  const { language } = reader;
  const placesOf = (one: IncidentNearDelivery): string =>
    one.localities.length > 0
      ? language.list(one.localities.map(reader.localityName))
      : language.t('incidents.byConvoy');
  const rows = entries.map((one): ChartRow => {
    const words = renderAlone(incidentSentence(one), reader);
    return {
      id: `${one.incident} ${one.stop}`,
      name: placesOf(one),
      second: language.date(one.date.edtf, 'short'),
      figures: [words],
      label: words,
      records: one.from,
      plotHeight: HEIGHT,
      draw: (box) => incidentShapes(one, box),
    };
  });
  return {
    kind: 'incidents',
    asOf,
    ...said,
    caveats: [language.t('chart.keyIncidents'), ...said.caveats],
    table: {
      columns: [
        { title: language.t('chart.colPlace') },
        { title: language.t('chart.colIncidentOn') },
        { title: language.t('chart.colDeliveryOn') },
        { title: language.t('chart.colDaysAfter'), isNumber: true },
        { title: language.t('chart.colWhat') },
      ],
      rows: entries.map((one, index) => ({
        cells: [
          cell(rows[index]?.name ?? ''),
          cell(language.date(one.date.edtf, 'short'), one.date.edtf),
          cell(language.date(one.deliveryDate.edtf, 'short'), one.deliveryDate.edtf),
          cell(boundsText(one.days, reader), [...new Set(one.days)].join(' to ')),
          cell(rows[index]?.label ?? '', one.constraint ?? ''),
        ],
        records: one.from,
      })),
    },
    draw: (options) => rowScene(rows, stripHead(reader), options),
  };
}
