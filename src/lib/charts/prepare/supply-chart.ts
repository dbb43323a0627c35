import type { LocalitySupply } from '#lib/domain/access/supply.ts';
import { type Day, dayToIso } from '#lib/domain/dates/day.ts';
import { sharePart } from '#lib/statements/figures.ts';
import { type Reader, renderAlone, renderPart } from '#lib/statements/render.ts';
import { supplyLabel, supplySentence } from '#lib/statements/supply.ts';
import { cell, type Chart } from './chart.ts';
import { type ChartRow, type PlotBox, rowScene, type RowsHead } from './row-chart.ts';
import type { Said } from './said.ts';
import { line, rect, type Shape, text } from './scene.ts';
import type { MeasureText, TimelineMilestone } from './timeline-input.ts';
import {
  type MilestoneLine,
  milestoneLines,
  milestoneNames,
  milestonesOf,
} from './timeline-milestones.ts';
import { tickNames } from './tick-name.ts';
import { ticksOf, type TimeAxis, xOf } from './time-axis.ts';

const HEIGHT = 16;
const R = 5;
/** Supply that lasts longer than this after the as-of date leaves the chart. */
const MOST_AFTER = 120;

function axisIn({ x0, x1 }: PlotBox, from: Day, to: Day): TimeAxis {
  return { from, to, width: x1 - x0, pad: R + 2, rightToLeft: false };
}

/** Px above the axis for the names of milestones, where there are any. */
const MILESTONES = 18;

interface Head {
  readonly from: Day;
  readonly to: Day;
  readonly asOf: Day;
  readonly milestones: readonly TimelineMilestone[];
}

/** Years or months over the rows, milestones and the as-of date as lines through them. */
function timeHead(
  { from, to, asOf, milestones }: Head,
  tag: string,
  measure: MeasureText,
): RowsHead {
  const within = milestones.filter(({ date }) => date.earliest >= from && date.latest <= to);
  const down = within.length > 0 ? MILESTONES : 0;
  return {
    height: 24 + down,
    draw: (box, bottom) => {
      const axis = axisIn(box, from, to);
      const room = [-box.x0, box.x1 - box.x0] as const;
      const drawn = milestonesOf(axis, within, room, measure).map((one) => beside(one, box.x0));
      const ticks = ticksOf(axis);
      const named = tickNames(ticks, tag, measure);
      const shapes: Shape[] = ticks.flatMap((tick, index): Shape[] => {
        const x = box.x0 + tick.x;
        const shape = line('tick', [x, down + 8], [x, bottom]);
        return !named[index]
          ? [shape]
          : [shape, text('second', named[index] ?? '', [x + 4, down + 15])];
      });
      const x = box.x0 + xOf(axis, asOf);
      return [
        ...shapes,
        ...milestoneLines(drawn, [4, bottom]),
        ...milestoneNames(drawn, { top: 4, baseline: 13 }),
        line('strong', [x, down + 4], [x, bottom]),
      ];
    },
  };
}

const beside = ({ x, xEnd, label }: MilestoneLine, by: number): MilestoneLine => ({
  x: x + by,
  xEnd: xEnd + by,
  label: label && { ...label, x: label.x + by },
});

function supplyShapes({ endsOn, asOf }: LocalitySupply, box: PlotBox, from: Day, to: Day): Shape[] {
  const axis = axisIn(box, from, to);
  const at = (day: Day): number => box.x0 + xOf(axis, Math.min(to, Math.max(from, day)));
  const y = box.y + HEIGHT / 2;
  if (!endsOn) return [rect('unknown', [box.x0, y - 4], box.x1 - box.x0, 8)];
  const [earliest, latest] = endsOn;
  const start = earliest === null ? at(from) : at(earliest);
  const end = latest === null ? box.x1 : at(latest);
  const shapes: Shape[] = [line('dotted', [box.x0, y], [box.x1, y])];
  // from the latest it can have lasted to the as-of date nothing recorded is left
  if (latest !== null && latest < asOf) shapes.push(line('gap', [end, y], [at(asOf), y], 3));
  const isKnown = earliest !== null && earliest === latest;
  const look = isKnown ? 'delivery' : 'hollow';
  shapes.push(rect(look, [start - R, y - R], Math.max(0, end - start) + 2 * R, 2 * R, R));
  return shapes;
}

/**
 * When recorded supply ends in each place, against the as-of date (indicator 7): a mark swept over
 * the days on which it can be, a thick line for the time without. Not computed is hatched.
 */
export function supplyChart(
  found: readonly LocalitySupply[],
  { asOf, milestones = [], ...said }: Said,
  reader: Reader,
): Chart {
  const { language } = reader;
  const ends = found
    .flatMap(({ endsOn }) => endsOn ?? [])
    .filter((day): day is Day => day !== null);
  const from = Math.min(asOf - 60, ...found.map(({ since }) => since));
  const to = Math.min(asOf + MOST_AFTER, Math.max(asOf, ...ends));
  const dayText = (day: Day | null): string =>
    day === null ? '–' : language.date(dayToIso(day), 'short');
  const shareText = ({ covered }: LocalitySupply): string =>
    covered ? renderPart(sharePart(covered.share), reader) : '–';
  const rows = found.map((one): ChartRow => {
    const name = reader.localityName(one.locality);
    const words = renderAlone(supplySentence(one), reader);
    return {
      id: one.locality,
      name,
      figures: [words],
      label: `${name}${language.t('list.comma')}${words}`,
      records: one.from,
      plotHeight: HEIGHT,
      draw: (box) => supplyShapes(one, box, from, to),
    };
  });
  return {
    kind: 'supply',
    asOf,
    ...said,
    caveats: [
      `${renderAlone(supplyLabel(), reader)}.`,
      language.t('chart.keySupply'),
      ...said.caveats,
    ],
    table: {
      columns: [
        { title: language.t('chart.colPlace') },
        { title: language.t('chart.colEndsEarliest') },
        { title: language.t('chart.colEndsLatest') },
        { title: language.t('chart.colCovered'), isNumber: true },
      ],
      rows: found.map((one, index) => ({
        cells: [
          cell(rows[index]?.name ?? one.locality),
          ...[0, 1].map((end) => {
            const day = one.endsOn?.[end] ?? null;
            return cell(dayText(day), day === null ? '' : dayToIso(day));
          }),
          cell(shareText(one), one.covered?.share.map((part) => part.toFixed(3)).join('-') ?? ''),
        ],
        records: one.from,
      })),
    },
    draw: (options) =>
      rowScene(
        rows,
        timeHead({ from, to, asOf, milestones }, language.tag, options.measure),
        options,
      ),
  };
}
