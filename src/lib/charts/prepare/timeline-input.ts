import type { Day, Span } from '#lib/domain/dates/day.ts';
import type { AccessStatusValue } from '#lib/domain/records/vocabularies.ts';

export interface TimelineDelivery {
  readonly id: string;
  readonly date: Span;
  /** People reached or intended, the upper end of a range; null where no report says. */
  readonly people: number | null;
  /** Whether it is one of those that are looked at nobody recorded. */
  readonly isPossible?: boolean;
  /** The same for every place that shares the figure: their marks are tied where rows are neighbours. */
  readonly shared?: string;
}

export interface TimelineRefusal {
  readonly id: string;
  readonly date: Span;
}

/** A gap between two deliveries (indicator 1) with its length in words; `to` null: still open. */
export interface TimelineGap {
  readonly from: Span;
  readonly to: Span | null;
  readonly label: string;
  /** Said at the arrow by which a gap enters that began before the axis. */
  readonly startLabel?: string;
}

/** A status from a day that may be known only as a range, until the day before another begins. */
export interface TimelineStatus {
  readonly from: Span;
  /** Last day of it; the as-of date where it still holds. */
  readonly to: Day;
  readonly status: AccessStatusValue;
  readonly label: string;
}

export interface TimelineMilestone {
  readonly date: Span;
  readonly label: string;
}

export interface TimelineInput {
  readonly asOf: Day;
  /** Where the axis begins; without it, with the first thing on record. */
  readonly from?: Day;
  readonly deliveries: readonly TimelineDelivery[];
  readonly refusals: readonly TimelineRefusal[];
  readonly gaps: readonly TimelineGap[];
  readonly statuses: readonly TimelineStatus[];
  readonly milestones: readonly TimelineMilestone[];
  /** What stands under a band whose status nobody recorded. */
  readonly unknownLabel: string;
}

/** Px that a text takes: size in px. Charts measure with the fonts at hand, tests with a rule. */
export type MeasureText = (text: string, size: number, bold: boolean) => number;

/** A guess that is rather too wide than too narrow, for where nothing can be measured. */
export const roughWidth: MeasureText = (text, size, bold) =>
  text.length * size * (bold ? 0.58 : 0.54);
