import type { Disagreement } from '#lib/domain/access/disagreement.ts';
import { figureBounds, figureToText, sameFigure } from '#lib/domain/figures/figure.ts';
import { disagreementSentence } from '#lib/statements/disagreement.ts';
import { type Reader, renderAlone } from '#lib/statements/render.ts';
import { cell, type Chart } from './chart.ts';
import { type ChartRow, type PlotBox, rowScene } from './row-chart.ts';
import type { Said } from './said.ts';
import { line, rect, type Shape } from './scene.ts';
import { valueAxis } from './value-axis.ts';

const HEIGHT = 22;

/** Area grows with the number of reports that give a value. */
const dotRadius = (reports: number): number => Math.min(10, 3.5 * Math.sqrt(reports));

function spreadShapes({ values, value, min, max }: Disagreement, box: PlotBox): Shape[] {
  const axis = valueAxis(max);
  const inner = { ...box, x0: box.x0 + 10, x1: box.x1 - 10 };
  const y = box.y + HEIGHT / 2;
  const at = (number: number): number => axis.xOf(number, inner);
  const shapes: Shape[] = [
    line('tick', [inner.x0, y], [inner.x1, y]),
    line('whisker', [at(min), y], [at(max), y]),
  ];
  for (const { figure, reports } of [...values].sort((a, b) => b.reports - a.reports)) {
    const { min: least, max: greatest } = figureBounds(figure);
    const r = dotRadius(reports);
    const [x1, x2] = [at(least), at(greatest ?? least)];
    const look = sameFigure(figure, value) ? 'delivery' : 'hollow';
    shapes.push(rect(look, [x1 - r, y - r], x2 - x1 + 2 * r, 2 * r, r));
  }
  return shapes;
}

/**
 * What the reports of each convoy disagree about (indicator 10): every value on an axis from nothing
 * to the greatest, larger the more reports give it, filled where it is the one that is shown. `nameOf` calls a convoy
 * as the screen does.
 */
export function disagreementChart(
  found: readonly Disagreement[],
  { asOf, ...said }: Said,
  reader: Reader,
  nameOf: (found: Disagreement) => string = ({ convoyName }) => convoyName,
): Chart {
  const { language } = reader;
  const rows = found.map((one): ChartRow => {
    const words = renderAlone(disagreementSentence(one), reader);
    return {
      id: `${one.convoy} ${one.figure}`,
      name: nameOf(one),
      second: language.t(`disagree.figure.${one.figure}`),
      figures: [words],
      label: `${nameOf(one)}${language.t('list.comma')}${words}`,
      records: one.from,
      plotHeight: HEIGHT,
      draw: (box) => spreadShapes(one, box),
    };
  });
  return {
    kind: 'disagreement',
    asOf,
    ...said,
    caveats: [language.t('chart.keyDisagreement'), ...said.caveats],
    table: {
      columns: [
        { title: language.t('chart.colConvoy') },
        { title: language.t('chart.colFigure') },
        { title: language.t('chart.colLeast'), isNumber: true },
        { title: language.t('chart.colGreatest'), isNumber: true },
        { title: language.t('chart.colShown'), isNumber: true },
        { title: language.t('chart.colGiven'), isNumber: true },
        { title: language.t('chart.colReports'), isNumber: true },
      ],
      rows: found.map((one) => ({
        cells: [
          cell(nameOf(one)),
          cell(language.t(`disagree.figure.${one.figure}`), one.figure),
          ...[one.min, one.max].map((value) => cell(language.number(value), String(value))),
          cell(figureToText(one.value)),
          ...[one.given, one.of].map((value) => cell(language.number(value), String(value))),
        ],
        records: one.from,
      })),
    },
    draw: (options) => rowScene(rows, null, options),
  };
}
