import type { Basis } from '#lib/domain/access/release.ts';
import type { Day } from '#lib/domain/dates/day.ts';
import type { TimelineMilestone } from './timeline-input.ts';

/** What is said of a chart: by the statements, and by whoever knows where the records come from. */
export interface Said {
  readonly asOf: Day;
  /** What the chart found: its title. */
  readonly finding: string;
  /** What has to be said beside it; what its marks mean comes before them. */
  readonly caveats: readonly string[];
  /** Who says so, and how far the records reach. */
  readonly source: string;
  /** What divides time: a line through every chart that has an axis of time. */
  readonly milestones?: readonly TimelineMilestone[];
  /** Of which records it was made: whether it may leave the device. */
  readonly basis: Basis;
}
