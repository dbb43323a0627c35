import { spanOfMonth } from '#lib/domain/dates/day.ts';
import { type AccessTimeline, prepareAccessTimeline } from './access-timeline.ts';
import { cellShapes } from './month-cell-shapes.ts';
import { MONTH_STEP, type PlacedRow, type PlacesLayout, rowsBetween } from './places-layout.ts';
import { line, moved, type Scene, type Shape, type Target, text } from './scene.ts';
import { tickName, tickNames } from './tick-name.ts';
import { ticksOf, type TimeAxis } from './time-axis.ts';
import type { TimelineMilestone } from './timeline-input.ts';
import {
  type MilestoneLine,
  milestoneLines,
  milestoneNames,
  milestonesOf,
} from './timeline-milestones.ts';
import { eventShapes, lineShapes } from './timeline-shapes.ts';
import type { TimeWindow } from './time-window.ts';

/** Px of the head: milestones' names, years or months, the strong line below them. */
export const HEAD_HEIGHT = 46;
const TICK_TEXT = 37;

export interface PlacesView {
  readonly window: TimeWindow;
  readonly milestones: readonly TimelineMilestone[];
  /** Intl's tag of the reader's language, for the names of months. */
  readonly tag: string;
  /** In the reader's digits. */
  readonly number: (value: number) => string;
  /** The head of the last column. */
  readonly waitTitle: string;
}

interface DrawnRow {
  readonly row: PlacedRow;
  readonly chart: AccessTimeline;
}

/** Px from the left edge of the chart to that of the column of time. */
export function timeLeft({ options, timeStart, timeWidth }: PlacesLayout): number {
  return options.rightToLeft ? options.width - timeStart - timeWidth : timeStart;
}

function axisOf({ options, style, timeWidth }: PlacesLayout, { from, to }: TimeWindow): TimeAxis {
  return { from, to, width: timeWidth, pad: style.pad, rightToLeft: options.rightToLeft };
}

/** In px of the column of time; a name may stand over the columns beside it. */
function milestonesIn(layout: PlacesLayout, view: PlacesView): readonly MilestoneLine[] {
  const left = timeLeft(layout);
  const room = [-left, layout.options.width - left] as const;
  const { measure } = layout.options;
  return milestonesOf(axisOf(layout, view.window), view.milestones, room, measure);
}

/** Years or months, milestones with their names, heads of columns: what stays above the rows. */
export function placesHead(layout: PlacesLayout, view: PlacesView): Scene {
  const { width, rightToLeft } = layout.options;
  const at = (x: number): number => (rightToLeft ? width - x : x);
  const left = timeLeft(layout);
  const shapes: Shape[] = [];
  const ticks = ticksOf(axisOf(layout, view.window));
  const named = tickNames(ticks, view.tag, layout.options.measure);
  ticks.forEach((tick, index) => {
    const x = left + tick.x;
    shapes.push(line('tick', [x, TICK_TEXT - 11], [x, HEAD_HEIGHT]));
    const name = named[index];
    if (name) shapes.push(text('second', name, [x + (rightToLeft ? -5 : 5), TICK_TEXT]));
  });
  const milestones = milestonesIn(layout, view);
  const names = milestoneNames(milestones, { top: 4, baseline: 14 });
  for (const shape of [...milestoneLines(milestones, [4, HEAD_HEIGHT]), ...names]) {
    shapes.push(moved(shape, left, 0));
  }
  const months = layout.isWide ? (layout.rows[0]?.line.months ?? []) : [];
  const nameOf = (month: number, room: 'short' | 'letter'): string =>
    tickName({ day: spanOfMonth(month).earliest, unit: 'month', room }, view.tag);
  const isShort = months.every(
    ({ month }) => layout.options.measure(nameOf(month, 'short'), 13, false) <= MONTH_STEP,
  );
  months.forEach(({ month }, index) => {
    const x = at(layout.monthsStart + index * MONTH_STEP + 15);
    const name = nameOf(month, isShort ? 'short' : 'letter');
    shapes.push(text('second', name, [x, TICK_TEXT], { anchor: 'middle' }));
  });
  shapes.push(text('second', view.waitTitle, [at(width), TICK_TEXT], { anchor: 'end' }));
  shapes.push(line('strong', [0, HEAD_HEIGHT - 0.5], [width, HEAD_HEIGHT - 0.5]));
  return { width, height: HEAD_HEIGHT, rightToLeft, shapes, targets: [] };
}

/** Heights of the body, in px from the top of its first row. */
export interface Between {
  readonly from: number;
  readonly to: number;
}

/** Names, waits and months of the rows between two heights: what time has no part in. */
export function placesColumns(
  layout: PlacesLayout,
  number: PlacesView['number'],
  between: Between,
): readonly Shape[] {
  const { width } = layout.options;
  return rowsBetween(layout, between.from, between.to).flatMap((row) => {
    const foot = row.top + row.height - 0.5;
    return [
      line('rule', [0, foot], [width, foot]),
      ...nameShapes(layout, row),
      ...waitShapes(layout, row),
      ...monthShapes(layout, row, number),
    ];
  });
}

/** The column of time of the rows between two heights: all that panning and zooming change. */
export function placesTime(
  layout: PlacesLayout,
  view: PlacesView,
  between: Between,
): readonly Shape[] {
  const { style } = layout;
  const left = timeLeft(layout);
  const rows = rowsBetween(layout, between.from, between.to);
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return [];
  const ends = [first.top, last.top + last.height] as const;
  const shapes: Shape[] = ticksOf(axisOf(layout, view.window)).map(({ x }) =>
    line('tick', [x, ends[0]], [x, ends[1]]),
  );
  shapes.push(...milestoneLines(milestonesIn(layout, view), ends));
  const drawn = rows.map((row): DrawnRow => ({ row, chart: rowChart(layout, row, view.window) }));
  for (const { row, chart } of drawn) {
    for (const shape of lineShapes(chart)) shapes.push(moved(shape, 0, row.top));
  }
  shapes.push(...tieShapes(drawn, style.lineY));
  for (const { row, chart } of drawn) {
    // a band lies at the foot of its row, however high the name makes it
    const below = row.height - style.height;
    for (const shape of eventShapes({ ...chart, deliveries: [], refusals: [] })) {
      shapes.push(moved(shape, 0, row.top + below));
    }
    for (const shape of eventShapes({ ...chart, bands: [] })) {
      shapes.push(moved(shape, 0, row.top));
    }
  }
  return shapes.map((shape) => moved(shape, left, 0));
}

/** All rows, each with its time line: for pictures that stand still. */
export function placesBody(layout: PlacesLayout, view: PlacesView): Scene {
  const { options, height } = layout;
  const { width, rightToLeft } = options;
  const all = { from: 0, to: height };
  const shapes = [...placesColumns(layout, view.number, all), ...placesTime(layout, view, all)];
  return { width, height, rightToLeft, shapes, targets: placesTargets(layout) };
}

/** Every row as a part that can be chosen, on the screen or not. */
export const placesTargets = ({ rows, options }: PlacesLayout): readonly Target[] =>
  rows.map(({ line: { id, label, records }, top, height }) => {
    return { id, label, records, x: 0, y: top, width: options.width, height };
  });

/** What has happened by the window's last day: its end is the end of the axis. */
function rowChart({ options, style, timeWidth }: PlacesLayout, row: PlacedRow, window: TimeWindow) {
  const { rightToLeft, measure } = options;
  const input = { ...row.line.input, from: window.from, asOf: window.to, milestones: [] };
  return prepareAccessTimeline(input, { width: timeWidth, rightToLeft, style, measure });
}

const FIRST_LINE = 21;
const LINE = 18;

function nameShapes({ options, nameWidth, isWide }: PlacesLayout, row: PlacedRow): Shape[] {
  const { width, rightToLeft } = options;
  const at = (x: number): number => (rightToLeft ? width - x : x);
  const { name, other } = row.line;
  const style = { size: 15, isBold: true, lang: name.lang };
  const shapes: Shape[] = row.nameLines.map((words, index) =>
    text('text', words, [at(0), row.top + FIRST_LINE + index * LINE], style),
  );
  if (!other) return shapes;
  const lines = row.isOtherBelow ? row.nameLines.length : 0;
  const isAtEnd = isWide && !row.isOtherBelow;
  const anchor = isAtEnd ? 'end' : 'start';
  const otherStyle = { size: 14, lang: other.lang, anchor } as const;
  row.otherLines.forEach((words, index) => {
    const y = row.top + FIRST_LINE + (lines + index) * LINE;
    shapes.push(text('second', words, [at(isAtEnd ? nameWidth : 0), y], otherStyle));
  });
  return shapes;
}

function waitShapes({ options, isWide }: PlacesLayout, row: PlacedRow): Shape[] {
  const { width, rightToLeft } = options;
  const x = rightToLeft ? 0 : width;
  const isKnown = row.line.waitDays !== null;
  return row.waitLines.map((words, index) => {
    const at = [x, row.top + FIRST_LINE + index * LINE] as const;
    if (!isKnown) return text('second', words, at, { anchor: 'end' });
    return text('text', words, at, { size: isWide ? 15 : 16, isBold: true, anchor: 'end' });
  });
}

function monthShapes(
  { options, isWide, monthsStart }: PlacesLayout,
  { line: place, top, height }: PlacedRow,
  number: (value: number) => string,
): Shape[] {
  if (!isWide) return [];
  const { width, rightToLeft } = options;
  const cell = MONTH_STEP - 2;
  return place.months.flatMap((month, index) => {
    const start = monthsStart + index * MONTH_STEP;
    const x = rightToLeft ? width - start - cell : start;
    const box = { x, y: top + 3.5, width: cell, height: height - 7, rightToLeft };
    return cellShapes(month, box, number);
  });
}

/** Marks of neighbouring rows that are one figure of several places. */
function tieShapes(drawn: readonly DrawnRow[], lineY: number): Shape[] {
  return drawn.flatMap(({ row, chart }, index): Shape[] => {
    const next = drawn[index + 1];
    if (!next) return [];
    const below = new Set(next.chart.deliveries.flatMap(({ shared }) => shared ?? []));
    return chart.deliveries.flatMap(({ shared, x1, x2 }) => {
      if (shared === undefined || !below.has(shared)) return [];
      const x = (x1 + x2) / 2;
      return [line('tie', [x, row.top + lineY], [x, next.row.top + lineY])];
    });
  });
}
