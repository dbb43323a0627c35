import { type Day } from '#lib/domain/dates/day.ts';
import { type Tick, ticksOf, type TimeAxis, xOf } from './time-axis.ts';
import { type Band, type BandLabel, bandLabels, bandsOf } from './timeline-bands.ts';
import { type MeasureText, roughWidth, type TimelineInput } from './timeline-input.ts';
import {
  type DeliveryMark,
  deliveryMarks,
  type RefusalMark,
  refusalMarks,
} from './timeline-marks.ts';
import type { TimelineStyle } from './timeline-style.ts';

export interface Line {
  readonly x1: number;
  readonly x2: number;
  readonly stroke: number;
}

export interface ChartText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

export interface MilestoneLine {
  readonly x: number;
  readonly y1: number;
  readonly y2: number;
  /** Null where two milestones stand too near each other: its name is in the table. */
  readonly label: ChartText | null;
}

/** One place's time line as data, in the order in which it is drawn. */
export interface AccessTimeline {
  readonly axis: TimeAxis;
  readonly style: TimelineStyle;
  readonly ticks: readonly Tick[];
  readonly milestones: readonly MilestoneLine[];
  readonly dotted: readonly Line[];
  readonly gaps: readonly Line[];
  /** Tip of the arrow by which a gap enters that began before the axis; null without one. */
  readonly entersAt: number | null;
  /** When that gap began, beside the arrow; null where there is no room for it. */
  readonly entersLabel: ChartText | null;
  readonly gapLabels: readonly ChartText[];
  readonly bands: readonly Band[];
  readonly bandLabels: readonly BandLabel[];
  readonly deliveries: readonly DeliveryMark[];
  readonly refusals: readonly RefusalMark[];
}

export interface TimelineOptions {
  readonly width: number;
  readonly rightToLeft: boolean;
  readonly style: TimelineStyle;
  readonly measure?: MeasureText;
}

/** The first day of anything on record, never after the as-of date; a year before it where nothing is. */
function firstDayOf(input: TimelineInput): Day {
  const days = [...input.deliveries, ...input.refusals].map((mark) => mark.date.earliest);
  const first = Math.min(...days, ...input.statuses.map((status) => status.from.earliest));
  const before = input.asOf - 365;
  return Number.isFinite(first) && first < input.asOf - 30 ? first : before;
}

/**
 * Lays out one place's access time line (docs/design.md): deliveries, refusals, gaps with their
 * length, status and milestones on one linear axis that ends on the as-of date. Nothing after that
 * date is drawn; a range that straddles it is cut there.
 */
export function prepareAccessTimeline(
  input: TimelineInput,
  options: TimelineOptions,
): AccessTimeline {
  const { style, width, rightToLeft } = options;
  const measure = options.measure ?? roughWidth;
  const from = input.from ?? firstDayOf(input);
  const axis: TimeAxis = { from, to: input.asOf, width, pad: style.pad, rightToLeft };
  const lines = linesOf(axis, input, style, measure);
  return {
    axis,
    style,
    ticks: ticksOf(axis),
    milestones: style.milestoneTop > 0 ? milestonesOf(axis, input, style, measure) : [],
    ...lines,
    bands: bandsOf(axis, input, style),
    bandLabels: bandLabels(axis, input, style, measure),
    deliveries: deliveryMarks(axis, input.deliveries, style),
    refusals: refusalMarks(axis, input.refusals, style),
  };
}

type Lines = Pick<AccessTimeline, 'dotted' | 'gaps' | 'entersAt' | 'entersLabel' | 'gapLabels'>;

function linesOf(
  axis: TimeAxis,
  input: TimelineInput,
  style: TimelineStyle,
  measure: MeasureText,
): Lines {
  const dotted: Line[] = [];
  const gaps: Line[] = [];
  const gapLabels: ChartText[] = [];
  let entersAt: number | null = null;
  let entersLabel: ChartText | null = null;
  const firstLatest = Math.min(
    ...input.gaps.map((gap) => gap.from.latest),
    ...input.deliveries.map((delivery) => delivery.date.earliest),
    axis.to,
  );
  if (firstLatest > axis.from) {
    const [x1, x2] = ordered(xOf(axis, axis.from), xOf(axis, firstLatest));
    dotted.push({ x1, x2, stroke: 1.25 });
  }
  const marks = deliveryMarks(axis, input.deliveries, style);
  const radiusAt = (x: number): number =>
    Math.max(0, ...marks.map((mark) => (mark.x1 === x || mark.x2 === x ? mark.r : 0)));
  for (const gap of input.gaps) {
    const start = gap.from.latest;
    const end = gap.to === null ? axis.to : Math.min(gap.to.earliest, axis.to);
    if (start >= axis.to || end <= axis.from || end <= start) continue;
    const stroke = gap.to === null ? style.openStroke : style.gapStroke;
    const entered = start < axis.from;
    const edge = axis.rightToLeft ? axis.width : 0;
    const a = entered ? edge : xOf(axis, start);
    if (entered) entersAt = edge;
    const [x1, x2] = ordered(a, xOf(axis, end));
    const said = entered && style.gapLabel > 0 ? (gap.startLabel ?? '') : '';
    if (said !== '' && x2 - x1 >= measure(said, 13, false) + 24) {
      const x = axis.rightToLeft ? edge - 10 : edge + 10;
      entersLabel = { text: said, x, y: style.lineY - 6, anchor: 'start' };
    }
    const label = gap.to === null ? 0 : labelWidth(gap.label, style, measure);
    // The room is what the marks at both ends leave of the line.
    const left = x1 + (entered ? 0 : radiusAt(x1));
    const right = x2 - radiusAt(x2);
    if (label > 0 && right - left >= label + 24) {
      const middle = (left + right) / 2;
      const cut = label / 2 + 6;
      gaps.push({ x1, x2: middle - cut, stroke }, { x1: middle + cut, x2, stroke });
      const y = style.lineY + style.gapLabel * 0.35;
      gapLabels.push({ text: gap.label, x: middle, y, anchor: 'middle' });
    } else {
      gaps.push({ x1, x2, stroke });
    }
  }
  return { dotted, gaps, entersAt, entersLabel, gapLabels };
}

function labelWidth(label: string, style: TimelineStyle, measure: MeasureText): number {
  return style.gapLabel === 0 ? 0 : measure(label, style.gapLabel, true);
}

const ordered = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a]);

function milestonesOf(
  axis: TimeAxis,
  input: TimelineInput,
  style: TimelineStyle,
  measure: MeasureText,
): MilestoneLine[] {
  const taken: [number, number][] = [];
  const within = input.milestones.filter(
    ({ date }) => date.earliest >= axis.from && date.latest <= axis.to,
  );
  return within.map(({ date, label }) => {
    const x = xOf(axis, date.earliest);
    const y2 = style.bandTop + style.bandHeight;
    const room = measure(label, 13, false) + 7;
    // On the side with room: ahead of the line where the label fits, else behind it.
    const ahead: [number, number] = axis.rightToLeft ? [x - room, x] : [x, x + room];
    const behind: [number, number] = axis.rightToLeft ? [x, x + room] : [x - room, x];
    const free = (side: [number, number]): boolean =>
      side[0] >= 0 &&
      side[1] <= axis.width &&
      taken.every(([from, to]) => side[1] < from || side[0] > to);
    const side = free(ahead) ? ahead : free(behind) ? behind : null;
    if (!side) return { x, y1: style.milestoneTop, y2, label: null };
    taken.push(side);
    const isAhead = side === ahead;
    const towards = isAhead === axis.rightToLeft ? -1 : 1;
    const text: ChartText = {
      text: label,
      x: x + 7 * towards,
      y: style.milestoneTop + 10,
      anchor: isAhead ? 'start' : 'end',
    };
    return { x, y1: style.milestoneTop, y2, label: text };
  });
}
