import { type Day, dayToIso, type Span, spanOfMonth } from '#lib/domain/dates/day.ts';
import type { Bounds } from '#lib/domain/dates/between.ts';
import type { Reader } from '#lib/statements/render.ts';
import { cell, type Chart, type DrawOptions } from './chart.ts';
import { type CellBox, cellFigure, cellShapes } from './month-cell-shapes.ts';
import type { DatedMark, MonthCell } from './month-cells.ts';
import { monthCells } from './month-cells.ts';
import type { Said } from './said.ts';
import { line, mirrored, rect, type Scene, type Shape, type Target, text } from './scene.ts';
import { milestonesBetween } from './month-milestones.ts';
import type { MeasureText, TimelineMilestone } from './timeline-input.ts';
import { milestoneLines, milestoneNames } from './timeline-milestones.ts';
import { tickName } from './tick-name.ts';
import { wrapText } from './wrap-text.ts';

export interface MonthsPlace {
  readonly id: string;
  readonly name: string;
  readonly deliveries: readonly DatedMark[];
  readonly refusals: readonly DatedMark[];
  readonly recordsSince: Span | null;
}

/** What a cell of the heat map says: deliveries in the month, or days waited at its end. */
export type MonthsMeasure = 'deliveries' | 'days';

/**
 * Days that a place has waited on a day, as the least and the most they can be, as the open gap of
 * indicator 1 counts them: a range that straddles the day is cut there; a delivery of an unknown kind
 * shortens the least alone. Null: no delivery on record that is surely looked at.
 */
export function daysSince(deliveries: readonly DatedMark[], day: Day): Bounds | null {
  const begun = deliveries.filter(({ date }) => date.earliest <= day);
  const sure = begun.filter(({ isPossible }) => !isPossible);
  if (sure.length === 0) return null;
  const latest = Math.max(...begun.map(({ date }) => Math.min(date.latest, day)));
  const earliest = Math.max(...sure.map(({ date }) => date.earliest));
  return [day - latest, day - earliest];
}

interface Cell {
  readonly figure: string;
  readonly raw: string;
  readonly month: MonthCell;
  readonly days: Bounds | null;
}

interface Line {
  readonly place: MonthsPlace;
  readonly cells: readonly Cell[];
}

const CELL = { least: 30, most: 64, height: 26, tall: 44 } as const;
/** Below this width a cell is tapped with a thumb. */
const WIDE = 560;
const HEAD = 40;
/** Px above the years for the names of milestones, where there are any. */
const MILESTONES = 20;
const NAME = { size: 15, line: 18 } as const;

/** Px that a cell and the paper after it need: days known as a range need more than a count. */
function leastStep(lines: readonly Line[], kind: MonthsMeasure, measure: MeasureText): number {
  if (kind === 'deliveries') return CELL.least + 2;
  const widths = lines.flatMap(({ cells }) =>
    cells.map(({ days, figure }) => (days ? measure(figure, 13, false) : 0)),
  );
  return Math.max(CELL.least, ...widths) + 8;
}

function daysShapes(cell: Cell, { x, y, width, height }: CellBox, longest: number): Shape[] {
  const { days, month } = cell;
  if (!days) {
    return [rect('cellUnknown', [x, y], width, height)];
  }
  const share = Math.min(1, days[1] / Math.max(1, longest));
  const shapes: Shape[] = [
    text('text', cell.figure, [x + width / 2, y + height - 11], { anchor: 'middle' }),
    rect('outline', [x + 2.5, y + height - 6.5], width - 5, 4),
    rect('waiting', [x + 2.5, y + height - 6.5], Math.max(1, (width - 5) * share), 4),
  ];
  if (month.certain > 0) shapes.push(rect('certain', [x + 2, y], width - 4, 3));
  return shapes;
}

/** What a map of months is drawn of. */
interface MonthsPicture {
  readonly lines: readonly Line[];
  readonly measure: MonthsMeasure;
  readonly milestones: readonly TimelineMilestone[];
}

function monthsScene(
  { lines, measure, milestones }: MonthsPicture,
  reader: Reader,
  options: DrawOptions,
): Scene {
  const { width, rightToLeft } = options;
  const { language } = reader;
  const nameWidth = Math.min(200, width * 0.34);
  const all = lines[0]?.cells.length ?? 0;
  const start = nameWidth + 8;
  const least = leastStep(lines, measure, options.measure);
  // the last months that have room, each with a cell of its own
  const count = Math.max(1, Math.min(all, Math.floor((width - start) / least)));
  const step = Math.min(Math.max(CELL.most, least), (width - start) / count);
  const isNarrow = width < WIDE;
  const cellHeight = isNarrow ? CELL.tall : CELL.height;
  const longest = Math.max(1, ...lines.flatMap(({ cells }) => cells.map((c) => c.days?.[1] ?? 0)));
  const shapes: Shape[] = [];
  const targets: Target[] = [];
  const months = (lines[0]?.cells ?? []).slice(all - count);
  const drawn = milestonesBetween(
    milestones,
    months.map(({ month }) => month.month),
    { start, step, width, measure: options.measure },
  );
  const head = drawn.length > 0 ? HEAD + MILESTONES : HEAD;
  const shortName = ({ month }: MonthCell): string => {
    const day = spanOfMonth(month).earliest;
    return tickName({ day, unit: 'month', room: 'short' }, language.tag);
  };
  const isShort = months.every(
    ({ month }) => options.measure(shortName(month), 13, false) <= step - 2,
  );
  let year = '';
  months.forEach(({ month: { month } }, index) => {
    const day = spanOfMonth(month).earliest;
    const x = start + index * step;
    const named = tickName({ day, unit: 'year', room: 'year' }, language.tag);
    if (named !== year) shapes.push(text('second', named, [x + 2, head - 26]));
    year = named;
    const name = tickName({ day, unit: 'month', room: isShort ? 'short' : 'letter' }, language.tag);
    shapes.push(text('second', name, [x + step / 2 - 1, head - 7], { anchor: 'middle' }));
  });
  shapes.push(line('strong', [0, head - 0.5], [width, head - 0.5]));
  let top = head;
  for (const { place, cells } of lines) {
    const names = wrapText(
      place.name,
      { width: nameWidth, size: NAME.size, isBold: true },
      options.measure,
    );
    const height = Math.max(cellHeight + 4, names.length * NAME.line + 8);
    names.forEach((each, index) => {
      const at = [0, top + 20 + index * NAME.line] as const;
      shapes.push(text('text', each, at, { size: NAME.size, isBold: true }));
    });
    cells.slice(all - count).forEach((one, index) => {
      const x = start + index * step;
      const y = top + 2;
      const box = { x, y, width: step - 2, height: cellHeight, rightToLeft: false };
      if (measure === 'deliveries') shapes.push(...cellShapes(one.month, box, language.number));
      else shapes.push(...daysShapes(one, box, longest));
      const month = language.date(dayToIso(spanOfMonth(one.month.month).earliest).slice(0, 7));
      // a month of a phone is narrower than a finger: there the whole row is one target
      if (isNarrow) return;
      targets.push({
        id: `${place.id} ${one.month.month}`,
        label: language.t('chart.monthLabel', { place: place.name, month, what: one.figure }),
        records: one.month.records,
        x,
        y: top,
        width: step - 2,
        height,
      });
    });
    if (isNarrow) {
      const records = [...new Set(cells.slice(all - count).flatMap(({ month }) => month.records))];
      const what = language.t('chart.recordsOf', { count: records.length });
      const label = `${place.name}${language.t('list.comma')}${what}`;
      targets.push({ id: place.id, label, records, x: 0, y: top, width, height });
    }
    shapes.push(line('rule', [0, top + height - 0.5], [width, top + height - 0.5]));
    top += height;
  }
  shapes.push(
    ...milestoneLines(drawn, [4, top]),
    ...milestoneNames(drawn, { top: 4, baseline: 14 }),
  );
  const scene = { width, height: top, rightToLeft: false, shapes, targets };
  return rightToLeft ? mirrored(scene) : scene;
}

/** What a cell says in words: a count, days, and what is unknown or none by these names. */
function cellOf(
  place: MonthsPlace,
  month: MonthCell,
  measure: MonthsMeasure,
  asOf: Day,
  { language }: Reader,
): Cell {
  const end = Math.min(spanOfMonth(month.month).latest, asOf);
  const days = daysSince(place.deliveries, end);
  if (measure === 'days') {
    const figure = days ? language.range(...days) : language.t('chart.noRecord');
    return { month, days, figure, raw: days ? [...new Set(days)].join('-') : '' };
  }
  const { certain, possible, refusals, isComplete } = month;
  const refused = refusals > 0 ? language.t('chart.refusedCount', { count: refusals }) : '';
  const count =
    certain + possible > 0
      ? cellFigure(month, language.number)
      : language.t(isComplete ? 'chart.noneDelivered' : 'chart.noRecord');
  const raw = certain + possible > 0 ? cellFigure(month, String) : isComplete ? '0' : '';
  const figure = refused === '' ? count : `${count}${language.t('list.comma')}${refused}`;
  return { month, days, figure, raw };
}

/**
 * Months by places: deliveries in each month, or days since the last one at its end. No record is
 * hatched; none delivered, where records are complete, an empty outline; a refusal is a diamond.
 */
export function monthsChart(
  places: readonly MonthsPlace[],
  months: readonly number[],
  measure: MonthsMeasure,
  { asOf, milestones = [], ...said }: Said,
  reader: Reader,
): Chart {
  const { language } = reader;
  const hasMaybe = places.some(({ deliveries }) => deliveries.some((one) => one.isPossible));
  const lines = places.map((place): Line => {
    const cells = monthCells(place, months, asOf);
    return {
      place,
      cells: cells.map((month) => cellOf(place, month, measure, asOf, reader)),
    };
  });
  const monthName = (month: number): string =>
    language.date(dayToIso(spanOfMonth(month).earliest).slice(0, 7), 'short');
  return {
    kind: 'months',
    asOf,
    ...said,
    caveats: [
      language.t('chart.keyHatch'),
      language.t(measure === 'deliveries' ? 'chart.keyMonths' : 'chart.keyDays'),
      ...(hasMaybe && measure === 'deliveries' ? [language.t('chart.keyMaybeMonth')] : []),
      ...said.caveats,
    ],
    table: {
      columns: [
        { title: language.t('chart.colPlace') },
        ...months.map((month) => ({ title: monthName(month), isNumber: true })),
      ],
      rows: lines.map(({ place, cells }) => ({
        cells: [cell(place.name), ...cells.map(({ figure, raw }) => cell(figure, raw))],
        records: [...new Set(cells.flatMap(({ month }) => month.records))],
      })),
    },
    draw: (options) => monthsScene({ lines, measure, milestones }, reader, options),
  };
}
