import { type Day } from '#lib/domain/dates/day.ts';
import type { Anchor } from './scene.ts';
import { type Tick, ticksOf, type TimeAxis, xOf } from './time-axis.ts';
import { type Band, type BandLabel, bandLabels, bandsOf } from './timeline-bands.ts';
import { type MeasureText, roughWidth, type TimelineInput } from './timeline-input.ts';
import {
  type DeliveryMark,
  deliveryMarks,
  type RefusalMark,
  refusalMarks,
} from './timeline-marks.ts';
import { type MilestoneLine, milestonesOf } from './timeline-milestones.ts';
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
  readonly anchor: Anchor;
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
    milestones:
      style.milestoneTop > 0 ? milestonesOf(axis, input.milestones, [0, width], measure) : [],
    ...lines,
    bands: bandsOf(axis, input, style),
    bandLabels: bandLabels(axis, input, style, measure),
    deliveries: deliveryMarks(axis, input.deliveries, style),
    refusals: refusalMarks(axis, input.refusals, style),
  };
}

/** Px from the edge to the words beside an arrow, to the end of its own line, and after the words. */
const SAID_START = 14;
const ARROW = 10;
const SAID_AFTER = 6;

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
    const { rightToLeft } = axis;
    const edge = rightToLeft ? axis.width : 0;
    const a = entered ? edge : xOf(axis, start);
    if (entered) entersAt = edge;
    const [x1, x2] = ordered(a, xOf(axis, end));
    const said = entered && style.gapLabel > 0 ? (gap.startLabel ?? '') : '';
    const saidWidth = said === '' ? 0 : measure(said, 13, false) + SAID_START + SAID_AFTER;
    // The room is what the marks at both ends leave of the line.
    let left = x1 + (entered ? 0 : radiusAt(x1));
    let right = x2 - radiusAt(x2);
    let from = x1;
    let to = x2;
    if (said !== '' && right - left >= saidWidth) {
      const x = rightToLeft ? edge - SAID_START : edge + SAID_START;
      entersLabel = { text: said, x, y: style.lineY + 4.5, anchor: 'start' };
      const arrow = ordered(edge, rightToLeft ? edge - ARROW : edge + ARROW);
      gaps.push({ x1: arrow[0], x2: arrow[1], stroke });
      if (rightToLeft) to = right = x2 - saidWidth;
      else from = left = x1 + saidWidth;
    }
    const label = gap.to === null ? 0 : labelWidth(gap.label, style, measure);
    if (label > 0 && right - left >= label + 24) {
      const middle = (left + right) / 2;
      const cut = label / 2 + 6;
      gaps.push({ x1: from, x2: middle - cut, stroke }, { x1: middle + cut, x2: to, stroke });
      const y = style.lineY + style.gapLabel * 0.35;
      gapLabels.push({ text: gap.label, x: middle, y, anchor: 'middle' });
    } else {
      gaps.push({ x1: from, x2: to, stroke });
    }
  }
  return { dotted, gaps, entersAt, entersLabel, gapLabels };
}

function labelWidth(label: string, style: TimelineStyle, measure: MeasureText): number {
  return style.gapLabel === 0 ? 0 : measure(label, style.gapLabel, true);
}

const ordered = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a]);
