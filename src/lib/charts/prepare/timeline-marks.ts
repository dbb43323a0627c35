import type { Span } from '#lib/domain/dates/day.ts';
import { diamond, type Point } from './scene.ts';
import { type TimeAxis, xOf } from './time-axis.ts';
import type { TimelineDelivery, TimelineRefusal } from './timeline-input.ts';
import type { TimelineStyle } from './timeline-style.ts';

/**
 * A delivery: a disc, or swept over its range a capsule; hollow where nobody gave the people, a
 * dashed outline where nobody recorded whether it is one of those that are looked at.
 */
export interface DeliveryMark {
  readonly id: string;
  readonly shared: string | undefined;
  readonly x1: number;
  readonly x2: number;
  readonly y: number;
  readonly r: number;
  readonly isHollow: boolean;
  readonly isPossible: boolean;
  readonly stroke: number;
  readonly halo: number;
}

/** A refusal: a hollow diamond, or over its range a hexagon, above the line: it closes no gap. */
export interface RefusalMark {
  readonly id: string;
  readonly points: readonly Point[];
}

/** Area grows with people; below the least radius a mark could not be seen. */
export function radiusOf(people: number | null, style: TimelineStyle): number {
  if (people === null) return style.hollow;
  return Math.max(style.least, style.perRootPerson * Math.sqrt(people));
}

/** The two ends on the chart, the left one first; null where nothing of it lies on the axis. */
export function sweepOf(axis: TimeAxis, date: Span): readonly [number, number] | null {
  if (date.latest < axis.from || date.earliest > axis.to) return null;
  const a = xOf(axis, Math.max(axis.from, date.earliest));
  const b = xOf(axis, Math.min(axis.to, date.latest));
  return [Math.min(a, b), Math.max(a, b)];
}

/** In the order of drawing: largest radius first, hollow ones counted by theirs, ties as given. */
export function deliveryMarks(
  axis: TimeAxis,
  deliveries: readonly TimelineDelivery[],
  style: TimelineStyle,
): readonly DeliveryMark[] {
  const marks: DeliveryMark[] = [];
  for (const delivery of deliveries) {
    const sweep = sweepOf(axis, delivery.date);
    if (!sweep) continue;
    const isHollow = delivery.people === null;
    const isPossible = delivery.isPossible === true;
    marks.push({
      id: delivery.id,
      shared: delivery.shared,
      x1: sweep[0],
      x2: sweep[1],
      y: style.lineY,
      r: radiusOf(delivery.people, style),
      isHollow,
      isPossible,
      stroke: isPossible ? 1.5 : isHollow ? style.hollowStroke : 1,
      halo: isHollow && !isPossible ? style.halo : 0,
    });
  }
  return marks.sort((a, b) => b.r - a.r);
}

export function refusalMarks(
  axis: TimeAxis,
  refusals: readonly TimelineRefusal[],
  style: TimelineStyle,
): readonly RefusalMark[] {
  const marks: RefusalMark[] = [];
  const y = style.lineY - style.refusalRise;
  const half = style.diamond;
  for (const refusal of refusals) {
    const sweep = sweepOf(axis, refusal.date);
    if (!sweep) continue;
    marks.push({ id: refusal.id, points: diamond([sweep[0], y], half, sweep[1]).points });
  }
  return marks;
}
