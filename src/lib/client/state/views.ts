import type { Day } from '#lib/domain/dates/day.ts';
import type { PartialDate } from '#lib/domain/dates/partial-date.ts';
import type { Figure } from '#lib/domain/figures/figure.ts';
import type {
  Locality,
  Milestone,
  Population,
  Report,
  Source,
} from '#lib/domain/records/dataset.ts';
import type { Warning } from '#lib/domain/records/warnings/warning.ts';
import type { AccessStatusValue, ConvoyStatus } from '#lib/domain/records/vocabularies.ts';
import type { DerivedConvoy, DerivedStop } from '#lib/domain/access/from-reports.ts';
import type { Disagreement } from '#lib/domain/access/disagreement.ts';
import type { FirstSince } from '#lib/domain/access/first-since.ts';
import type { LocalityGaps } from '#lib/domain/access/gaps.ts';

/** What the screens show of places and convoys: computed in `domain/access`, never in a component. */

/** A status of a place for the days it held: `to` is its last day, the as-of date where it holds. */
export interface StatusBand {
  readonly from: PartialDate;
  readonly to: Day;
  readonly status: AccessStatusValue;
  readonly classifier: string;
  readonly source?: Source | undefined;
}

/** One stop as a mark on a time line. */
export interface StopMark {
  /** Of the convoy. */
  readonly convoy: string;
  /** Of the stop; of the convoy where the stop follows from its reports. */
  readonly stop: string;
  readonly date: PartialDate;
  readonly status: ConvoyStatus;
  readonly people: Figure | null;
  /** Nobody recorded whether it is what the lens asks for. */
  readonly isPossible: boolean;
  /** The other localities that share its figures. */
  readonly sharedWith: readonly Locality[];
}

/** A line of the list of places. */
export interface PlaceRow {
  readonly locality: Locality;
  readonly status: AccessStatusValue | null;
  /**
   * Days since the last delivery, smallest and largest; null: none on record. Under a lens the
   * smallest counts deliveries of an unknown kind, the largest those alone that are recorded as it.
   */
  readonly wait: readonly [number, number] | null;
  /** Besieged or hard to reach on the as-of date: only then a wait is ranked. */
  readonly isRanked: boolean;
  readonly gaps: LocalityGaps | null;
  readonly deliveries: readonly StopMark[];
  readonly refusals: readonly StopMark[];
  readonly bands: readonly StatusBand[];
}

/** A report with the source that gives it. */
export interface SourcedReport {
  readonly report: Report;
  readonly source: Source | undefined;
  /** The publisher, else the title, else the organisation; empty where nothing is known. */
  readonly sourceName: string;
}

export interface PlaceView extends PlaceRow {
  /** Of its last delivery; its sentence is the headline. */
  readonly firstSince: FirstSince | null;
  readonly lastConvoy: ConvoyView | null;
  /** The reports behind the last delivery. */
  readonly reports: readonly SourcedReport[];
  /** The newest population that names this place, with the places it is shared with. */
  readonly population: Population | null;
  readonly populationLocalities: readonly Locality[];
  readonly populationSource: Source | undefined;
  readonly milestones: readonly Milestone[];
  readonly conflicts: readonly string[];
  /** What the place's own records, its statuses, populations and incidents say against each other. */
  readonly warnings: readonly Warning[];
}

export interface ConvoyRow {
  readonly id: string;
  readonly date: PartialDate | null;
  readonly status: ConvoyStatus | null;
  readonly isDisputed: boolean;
  readonly localities: readonly Locality[];
  readonly reports: number;
  /** Only on this device so far. */
  readonly isUnsent: boolean;
}

export interface ConvoyView extends ConvoyRow {
  readonly derived: DerivedConvoy;
  readonly stops: readonly DerivedStop[];
  readonly sourced: readonly SourcedReport[];
  /** Figures with two or more different values (indicator 10). */
  readonly disagreements: readonly Disagreement[];
  readonly firstSince: readonly FirstSince[];
  /** Fields with differing heads, of the convoy and of its reports and stops: record id and field. */
  readonly conflicts: readonly { readonly record: string; readonly field: string }[];
  /** What its records say against each other: asked about, never refused. */
  readonly warnings: readonly Warning[];
}
