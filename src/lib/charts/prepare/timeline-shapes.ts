import type { AccessTimeline, ChartText } from './access-timeline.ts';
import { line, rect, type Scene, type Shape, text } from './scene.ts';
import type { Tick } from './time-axis.ts';
import { milestoneLines, milestoneNames } from './timeline-milestones.ts';
import type { DeliveryMark } from './timeline-marks.ts';

/** What is drawn beneath the marks: the line, its gaps and their names. */
export function lineShapes(chart: AccessTimeline): Shape[] {
  const { axis, style } = chart;
  const y = style.lineY;
  const shapes: Shape[] = [];
  for (const { x1, x2 } of chart.dotted) shapes.push(line('dotted', [x1, y], [x2, y]));
  for (const { x1, x2, stroke } of chart.gaps) {
    shapes.push(line('gap', [x1, y], [x2, y], stroke));
  }
  if (chart.entersAt !== null) {
    const x = chart.entersAt;
    const back = axis.rightToLeft ? -7 : 7;
    const points = [[x + back, y - 5] as const, [x, y] as const, [x + back, y + 5] as const];
    shapes.push({ kind: 'polygon', look: 'arrow', points, isOpen: true });
  }
  if (chart.entersLabel) shapes.push(labelShape('second', chart.entersLabel));
  for (const label of chart.gapLabels) {
    shapes.push({ ...labelShape('text', label), size: style.gapLabel, isBold: true });
  }
  return shapes;
}

/** Bands, then deliveries, the largest first, then refusals: nothing on record hides another. */
export function eventShapes(chart: AccessTimeline): Shape[] {
  const shapes: Shape[] = [];
  for (const { look, x, y, width, height } of chart.bands) {
    shapes.push(rect(look, [x, y], width, height));
  }
  for (const mark of chart.deliveries) shapes.push(...deliveryShapes(mark));
  for (const { points } of chart.refusals) {
    shapes.push({ kind: 'polygon', look: 'refusal', points });
  }
  return shapes;
}

/** A disc, a ring or a capsule, with the paper that keeps it apart from what lies beneath. */
export function deliveryShapes(mark: DeliveryMark): Shape[] {
  const { x1, x2, y, r, halo } = mark;
  const swept = (by: number) => [[x1 - by, y - by] as const, x2 - x1 + 2 * by, 2 * by, by] as const;
  const look = mark.isPossible ? 'maybe' : mark.isHollow ? 'hollow' : 'delivery';
  const shape = { ...rect(look, ...swept(r)), stroke: mark.stroke };
  return halo > 0 ? [rect('halo', ...swept(r + halo)), shape] : [shape];
}

/** A single place's time line as a scene. */
export function timelineScene(chart: AccessTimeline, tickLabel?: (tick: Tick) => string): Scene {
  const { axis, style } = chart;
  const shapes: Shape[] = [];
  for (const tick of chart.ticks) {
    shapes.push(line('tick', [tick.x, style.tickTop], [tick.x, style.tickBottom]));
    if (style.tickText === 0 || tick.room === 'none' || !tickLabel) continue;
    const x = tick.x + (axis.rightToLeft ? -5 : 5);
    shapes.push(text('second', tickLabel(tick), [x, style.tickText]));
  }
  const foot = style.bandTop + style.bandHeight;
  shapes.push(...milestoneLines(chart.milestones, [style.milestoneTop, foot]));
  shapes.push(...lineShapes(chart));
  const names = { top: style.milestoneTop, baseline: style.milestoneTop + 10 };
  shapes.push(...milestoneNames(chart.milestones, names));
  for (const label of chart.bandLabels) {
    shapes.push({
      ...labelShape(label.isBold ? 'siege' : 'second', label),
      isBold: label.isBold,
    });
  }
  shapes.push(...eventShapes(chart));
  const { width, rightToLeft } = axis;
  return { width, height: style.height, rightToLeft, shapes, targets: [] };
}

const labelShape = (look: 'text' | 'second' | 'siege', { text: words, x, y, anchor }: ChartText) =>
  text(look, words, [x, y], { anchor });
