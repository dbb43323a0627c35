import { type Day, monthIndexOf, type Span, spanOfMonth } from '#lib/domain/dates/day.ts';

/** What is known of one month in one place. Unknown is never none, and neither is ever empty. */
export interface MonthCell {
  /** Months since January of the year 0. */
  readonly month: number;
  /** Deliveries whose whole range lies in the month. */
  readonly certain: number;
  /** Deliveries that may lie in it, or in a month beside it; and those of an unknown kind. */
  readonly possible: number;
  readonly refusals: number;
  /** Without a delivery: whether the records of the place are complete from before this month on. */
  readonly isComplete: boolean;
  readonly records: readonly string[];
}

export interface DatedMark {
  readonly id: string;
  readonly date: Span;
  readonly record?: string | undefined;
  /** Whether it is one of those that are looked at nobody recorded. */
  readonly isPossible?: boolean;
}

export interface MonthCellsInput {
  readonly deliveries: readonly DatedMark[];
  readonly refusals: readonly DatedMark[];
  /** From when on the deliveries of the place are believed complete; null: nobody says. */
  readonly recordsSince: Span | null;
}

/** The months up to the as-of date's, the earliest first. */
export function monthsBefore(asOf: Day, count: number): readonly number[] {
  const last = monthIndexOf(asOf);
  return Array.from({ length: count }, (_, index) => last - count + 1 + index);
}

/**
 * Deliveries and refusals of a place by month, cut at the as-of date. A date known as a range
 * counts as possible in every month that it touches, and as certain only where it lies inside one;
 * under a lens, a delivery of an unknown kind is never more than possible.
 */
export function monthCells(
  { deliveries, refusals, recordsSince }: MonthCellsInput,
  months: readonly number[],
  asOf: Day,
): readonly MonthCell[] {
  return months.map((month) => {
    const span = spanOfMonth(month);
    const end = Math.min(span.latest, asOf);
    const touches = ({ date }: DatedMark): boolean =>
      date.earliest <= end && date.latest >= span.earliest;
    const isInside = ({ date }: DatedMark): boolean =>
      date.earliest >= span.earliest && date.latest <= end;
    const delivered = deliveries.filter(touches);
    const refused = refusals.filter(touches);
    const certain = delivered.filter((one) => !one.isPossible && isInside(one)).length;
    return {
      month,
      certain,
      possible: delivered.length - certain,
      refusals: refused.length,
      isComplete: recordsSince !== null && recordsSince.latest <= span.earliest,
      records: [...delivered, ...refused].flatMap(({ record }) => record ?? []),
    };
  });
}
