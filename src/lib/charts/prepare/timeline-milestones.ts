import { type TimeAxis, xOf } from './time-axis.ts';
import type { MeasureText, TimelineMilestone } from './timeline-input.ts';
import { type Anchor, line, type Shape, text } from './scene.ts';

/** A day that the whole chart is divided by; two verticals where its date is known as a range. */
export interface MilestoneLine {
  readonly x: number;
  /** Of the range's other end; the same where the day is known. */
  readonly xEnd: number;
  /** Null where two milestones stand too near each other: its name is in the table. */
  readonly label: { readonly text: string; readonly x: number; readonly anchor: Anchor } | null;
}

/** Px between the line and its name. */
const BESIDE = 7;

/** A milestone where it lies: `x` of its earliest day, `xEnd` of its latest. */
export interface PlacedMilestone {
  readonly x: number;
  readonly xEnd: number;
  readonly label: string;
}

/** The milestones that lie wholly within an axis, each named where there is room. */
export function milestonesOf(
  axis: TimeAxis,
  milestones: readonly TimelineMilestone[],
  room: readonly [least: number, greatest: number],
  measure: MeasureText,
): readonly MilestoneLine[] {
  const placed = milestones
    .filter(({ date }) => date.earliest >= axis.from && date.latest <= axis.to)
    .map(({ date, label }) => ({
      x: xOf(axis, date.earliest),
      xEnd: xOf(axis, date.latest),
      label,
    }));
  return namedMilestones(placed, room, measure, axis.rightToLeft);
}

/**
 * Each milestone named on the side that has room: ahead of its line where the name fits between
 * `room`'s two ends, else behind it, else not.
 */
export function namedMilestones(
  milestones: readonly PlacedMilestone[],
  room: readonly [least: number, greatest: number],
  measure: MeasureText,
  rightToLeft = false,
): readonly MilestoneLine[] {
  const taken: (readonly [number, number])[] = [];
  return milestones.map(({ x, xEnd, label }) => {
    const needed = measure(label, 13, false) + BESIDE;
    const towards = rightToLeft ? -1 : 1;
    const free = ([from, to]: readonly [number, number]): boolean =>
      from >= room[0] &&
      to <= room[1] &&
      taken.every(([taken1, taken2]) => to < taken1 || from > taken2);
    const place = (from: number, direction: number): readonly [number, number] =>
      direction > 0 ? [from, from + needed] : [from - needed, from];
    const ahead = place(xEnd, towards);
    const behind = place(x, -towards);
    const side = free(ahead) ? ahead : free(behind) ? behind : null;
    if (!side) return { x, xEnd, label: null };
    taken.push(side);
    const isAhead = side === ahead;
    const labelX = isAhead ? xEnd + BESIDE * towards : x - BESIDE * towards;
    return { x, xEnd, label: { text: label, x: labelX, anchor: isAhead ? 'start' : 'end' } };
  });
}

/** The verticals of milestones between two heights. */
export const milestoneLines = (
  milestones: readonly MilestoneLine[],
  [top, bottom]: readonly [number, number],
): Shape[] =>
  milestones.flatMap(({ x, xEnd }) => {
    const first = line('milestone', [x, top], [x, bottom]);
    if (x === xEnd) return [first];
    return [first, line('milestone', [xEnd, top], [xEnd, bottom])];
  });

/** Their names, on one line, and over a range a line that says that it is one milestone. */
export const milestoneNames = (
  milestones: readonly MilestoneLine[],
  { top, baseline }: { readonly top: number; readonly baseline: number },
): Shape[] =>
  milestones.flatMap(({ x, xEnd, label }) => [
    ...(x === xEnd ? [] : [line('milestone', [x, top], [xEnd, top])]),
    ...(label ? [text('second', label.text, [label.x, baseline], { anchor: label.anchor })] : []),
  ]);
