import type { Bounds } from '#lib/domain/dates/between.ts';
import type { Measure } from '#lib/domain/access/counted-people.ts';
import type { MonthReach, ReachMonth } from '#lib/domain/access/reach.ts';
import { sharePart } from '#lib/statements/figures.ts';
import { monthSentences, type ReachScope } from '#lib/statements/reach.ts';
import { dayFromIso, monthIndexOf } from '#lib/domain/dates/day.ts';
import { type Reader, renderAlone, renderPart } from '#lib/statements/render.ts';
import { cell, type Chart, type TableCell } from './chart.ts';
import { edgeOf } from './month-milestones.ts';
import type { Said } from './said.ts';
import { type ChartRow, type PlotBox, rowScene } from './row-chart.ts';
import { line, type Shape } from './scene.ts';
import type { TimelineMilestone } from './timeline-input.ts';
import { axisHead, BAR_HEIGHT, barShapes, FIRST_BAR, SECOND_BAR, valueAxis } from './value-axis.ts';

const MEASURES: readonly Measure[] = ['reached', 'intended'];
const GAP = 4;

/** Whole people; a dash where no report gives a number, which is never none. */
export function boundsText(bounds: Bounds | null | undefined, { language }: Reader): string {
  if (!bounds) return '–';
  return language.range(Math.round(bounds[0]), Math.round(bounds[1]));
}

export const boundsRaw = (bounds: Bounds | null | undefined): string =>
  bounds ? [...new Set(bounds.map((value) => Math.round(value)))].join('-') : '';

const boundsCell = (bounds: Bounds | null | undefined, reader: Reader): TableCell =>
  cell(boundsText(bounds, reader), boundsRaw(bounds));

/** `reached 20,000 (3%)`; `no number of people reached`. */
function figureOf(measure: Measure, month: ReachMonth, reader: Reader): string {
  const { language } = reader;
  const { people, share }: MonthReach = month[measure];
  if (!people) return language.t(`chart.no_${measure}`);
  const figure = boundsText(people, reader);
  const words = language.t(`chart.is_${measure}`, { figure });
  if (!share) return words;
  return language.t('chart.withShare', { words, share: renderPart(sharePart(share), reader) });
}

function figuresOf(month: ReachMonth, reader: Reader): string[] {
  const { language } = reader;
  if (month.deliveries === 0) return [language.t('chart.noDelivery')];
  const figures = MEASURES.map((measure) => figureOf(measure, month, reader));
  const of = month.population?.people;
  if (of) figures.push(language.t('chart.ofPeople', { figure: boundsText(of, reader) }));
  return figures;
}

/**
 * The milestones between the month before and this one; the last month has those of its end too.
 * Of a range the beginning counts: its name says both ends.
 */
function milestonesBefore(
  milestones: readonly TimelineMilestone[],
  month: string,
  isLast: boolean,
): readonly string[] {
  const parsed = dayFromIso(`${month}-01`);
  if (!parsed.ok) return [];
  const edge = monthIndexOf(parsed.value);
  return milestones.flatMap(({ date, label }) => {
    const at = edgeOf(date.earliest);
    return at === edge || (isLast && at === edge + 1) ? [label] : [];
  });
}

/**
 * People reached and people intended, month by month (indicator 4): two bars, each to the least it
 * can be and as an outline to the greatest, the people of the places as a line where the axis goes
 * so far. A month without a delivery is dotted, a number that nobody gives is hatched.
 */
export function reachChart(
  months: readonly ReachMonth[],
  scope: ReachScope,
  { asOf, milestones = [], ...said }: Said,
  reader: Reader,
): Chart {
  const { language } = reader;
  const greatest = Math.max(
    1,
    ...months.flatMap(({ reached, intended }) => [
      reached.people?.[1] ?? 0,
      intended.people?.[1] ?? 0,
    ]),
  );
  const axis = valueAxis(greatest);
  const drawMonth =
    (month: ReachMonth) =>
    (box: PlotBox): Shape[] => {
      const middle = box.y + BAR_HEIGHT + GAP / 2;
      if (month.deliveries === 0) return [line('dotted', [box.x0, middle], [box.x1, middle])];
      const shapes = [
        ...barShapes(month.reached.people, axis, box, FIRST_BAR),
        ...barShapes(
          month.intended.people,
          axis,
          { ...box, y: box.y + BAR_HEIGHT + GAP },
          SECOND_BAR,
        ),
      ];
      const of = month.population?.people;
      if (of && of[1] <= axis.to) {
        for (const end of new Set(of)) {
          const x = axis.xOf(end, box);
          shapes.push(line('strong', [x, box.y - 3], [x, box.y + box.height + 3]));
        }
      }
      return shapes;
    };
  const rows = months.map((month, index): ChartRow => {
    const records = [...new Set([...month.reached.from, ...month.intended.from])];
    return {
      id: month.month,
      name: language.date(month.month, 'short'),
      figures: figuresOf(month, reader),
      label: monthSentences(month, scope)
        .map((each) => renderAlone(each, reader))
        .join('. '),
      records,
      milestones: milestonesBefore(milestones, month.month, index === months.length - 1),
      plotHeight: 2 * BAR_HEIGHT + GAP,
      draw: drawMonth(month),
    };
  });
  return {
    kind: 'people',
    asOf,
    ...said,
    caveats: [language.t('chart.keyBars'), ...said.caveats],
    table: {
      columns: [
        { title: language.t('chart.colMonth') },
        { title: language.t('chart.colReached'), isNumber: true },
        { title: language.t('chart.colShare'), isNumber: true },
        { title: language.t('chart.colIntended'), isNumber: true },
        { title: language.t('chart.colShare'), isNumber: true },
        { title: language.t('chart.colPeopleThere'), isNumber: true },
        { title: language.t('chart.colDeliveriesCount'), isNumber: true },
        { title: language.t('chart.colNoReached'), isNumber: true },
        { title: language.t('chart.colNoIntended'), isNumber: true },
      ],
      rows: months.map((month, index) => ({
        cells: [
          cell(language.date(month.month, 'short'), month.month),
          ...MEASURES.flatMap((measure) => {
            const { people, share } = month[measure];
            const percent = share ? renderPart(sharePart(share), reader) : '–';
            const raw = share ? share.map((part) => part.toFixed(4)) : [];
            return [boundsCell(people, reader), cell(percent, [...new Set(raw)].join('-'))];
          }),
          boundsCell(month.population?.people, reader),
          ...[month.deliveries, month.reached.withoutNumber, month.intended.withoutNumber].map(
            (count) => cell(language.number(count), String(count)),
          ),
        ],
        records: rows[index]?.records ?? [],
      })),
    },
    draw: (options) => rowScene(rows, axisHead(axis, language.number, options.measure), options),
  };
}
