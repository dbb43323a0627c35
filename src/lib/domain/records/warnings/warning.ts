import type { RecordOf } from '../dataset.ts';
import type { RecordKind } from '../registry.ts';
import type { WarningContext } from './context.ts';

/**
 * What fields of records say against each other. A warning is asked about once, and refuses
 * nothing: the record stands as it was entered. Codes are stable; a text is `warning.CODE`.
 */
export const WARNING_CODES = [
  'answered_before_submitted',
  'approved_more_than_requested',
  'claim_since_after_convoy',
  'coordinates_incomplete',
  'coordinates_swapped',
  'date_in_future',
  'delivered_nothing',
  'delivered_with_refusal',
  'entered_more_than_dispatched',
  'families_without_household_size',
  'incident_phase_against_date',
  'names_missing_record',
  'other_people_of_itself',
  'reached_more_than_approved',
  'reached_more_than_intended',
  'reached_without_delivery',
  'removed_more_than_loaded',
  'report_after_publication',
  'request_line_twice',
  'status_until_before_from',
  'stop_before_convoy',
  'stop_outcome_against_convoy',
  'submitted_after_period',
  'unloaded_more_than_dispatched',
  'unloaded_more_than_entered',
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

export interface Warning {
  readonly code: WarningCode;
  /** Ids of the records that say it, the one to look at first. */
  readonly records: readonly string[];
  /** Fields of that first record. */
  readonly fields: readonly string[];
}

/** One question to one record: its warnings, mostly none. */
export type Check<K extends RecordKind> = (
  record: RecordOf<K>,
  context: WarningContext,
) => readonly Warning[];

export const NO_WARNINGS: readonly Warning[] = [];

/** The warning where the condition holds. */
export function warnIf(
  condition: boolean,
  code: WarningCode,
  records: readonly string[],
  fields: readonly string[],
): readonly Warning[] {
  return condition ? [{ code, records, fields }] : NO_WARNINGS;
}
