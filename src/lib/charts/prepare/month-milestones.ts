import { type Day, monthIndexOf, spanOfMonth } from '#lib/domain/dates/day.ts';
import type { MeasureText, TimelineMilestone } from './timeline-input.ts';
import { type MilestoneLine, namedMilestones } from './timeline-milestones.ts';

/** Where months stand as columns: the first from `start`, each `step` wide. */
export interface MonthColumns {
  readonly start: number;
  readonly step: number;
  readonly width: number;
  readonly measure: MeasureText;
}

/**
 * Between which months a day lies, as the number of whole months before it: to the nearer end of
 * its own month, since a month is one cell and nothing in it lies before or after anything.
 */
export function edgeOf(day: Day): number {
  const month = monthIndexOf(day);
  const { earliest, latest } = spanOfMonth(month);
  return day - earliest < latest - day ? month : month + 1;
}

/** Milestones as verticals between the columns of months, each named with its own date. */
export function milestonesBetween(
  milestones: readonly TimelineMilestone[],
  months: readonly number[],
  { start, step, width, measure }: MonthColumns,
): readonly MilestoneLine[] {
  const [first = 0] = months;
  const xOf = (day: Day): number => start + (edgeOf(day) - first) * step - 1;
  const placed = milestones
    .filter(
      ({ date }) => edgeOf(date.earliest) >= first && edgeOf(date.latest) <= first + months.length,
    )
    .map(({ date, label }) => ({ x: xOf(date.earliest), xEnd: xOf(date.latest), label }));
  return namedMilestones(placed, [0, width], measure);
}
