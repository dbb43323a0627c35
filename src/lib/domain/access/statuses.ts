import type { Day } from '../dates/day.ts';
import type { PartialDate } from '../dates/partial-date.ts';
import type { AccessStatusValue } from '../records/vocabularies.ts';
import type { StatusStatement } from './status-registers.ts';

/** The status of a locality on a day, as one classifier sees it. */
export interface StatusOn {
  /** `unknown` where nothing is said, or where two differing statuses may hold. */
  readonly status: AccessStatusValue;
  /** Every status that may hold on that day; one: it is certain. */
  readonly possible: readonly AccessStatusValue[];
  /** Ids of the status records behind it. */
  readonly from: readonly string[];
}

/** The days of one status: from the latest day it can have begun to its last one. */
export interface StatusBand {
  readonly from: PartialDate;
  readonly to: Day;
  readonly status: AccessStatusValue;
  readonly classifier: string;
  readonly source: string | null;
  readonly record: string;
}

/**
 * The status on a day: what was said last, and not ended. A start known as a range may or may not
 * have come by a day within it, an end likewise, and of two that overlap nobody knows which came
 * last: then every status that may hold is given, and where they differ it is `unknown`.
 */
export function statusOn(statements: readonly StatusStatement[] | undefined, day: Day): StatusOn {
  const possible = new Map<AccessStatusValue, string[]>();
  const add = (status: AccessStatusValue, record?: string): void => {
    possible.set(status, [...(possible.get(status) ?? []), ...(record ? [record] : [])]);
  };
  /** The latest day on which one began that surely had begun: those wholly before it are over. */
  let surelyBegun = -Infinity;
  for (const { from } of statements ?? []) {
    if (from.latest <= day) surelyBegun = Math.max(surelyBegun, from.earliest);
  }
  if (surelyBegun === -Infinity) add('unknown');
  for (const { from, until, status, record } of statements ?? []) {
    if (from.earliest > day || from.latest < surelyBegun) continue;
    const isOver = until !== null && until.latest < day;
    if (isOver) add('unknown', record);
    else add(status, record);
    const mayBeOver = until !== null && until.earliest < day && until.latest >= day;
    if (mayBeOver) add('unknown', record);
  }
  const statuses = [...possible.keys()];
  return {
    status: statuses.length === 1 ? (statuses[0] ?? 'unknown') : 'unknown',
    possible: statuses,
    from: [...possible.values()].flat(),
  };
}

/** Besieged or hard to reach on the day, for certain: only then a wait is ranked (indicator 1). */
export function isWaiting({ possible }: StatusOn): boolean {
  return possible.every((status) => status === 'besieged' || status === 'hard_to_reach');
}

/**
 * The bands of a time line: consecutive statements of the same status joined, each to the day before
 * the next may begin, its own end, or the as-of date.
 */
export function statusBands(
  statements: readonly StatusStatement[] | undefined,
  asOf: Day,
): readonly StatusBand[] {
  const bands: StatusBand[] = [];
  const begun = (statements ?? []).filter((statement) => statement.from.earliest <= asOf);
  begun.forEach((statement, i) => {
    const next = begun[i + 1];
    const end = Math.min(
      asOf,
      statement.until?.latest ?? asOf,
      next ? next.from.earliest - 1 : asOf,
    );
    const last = bands[bands.length - 1];
    if (last && last.status === statement.status && last.to >= statement.from.earliest - 1) {
      bands[bands.length - 1] = { ...last, to: Math.max(last.to, end) };
      return;
    }
    if (end < statement.from.earliest) return;
    const { record, classifier, status, from, source } = statement;
    bands.push({ from, to: end, status, classifier, source, record });
  });
  return bands;
}
