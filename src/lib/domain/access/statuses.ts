import type { Day } from '../dates/day.ts';
import { comparePartialDates, type PartialDate } from '../dates/partial-date.ts';
import { nameKey } from '../names/name-key.ts';
import type { AccessStatus, Dataset } from '../records/dataset.ts';
import type { AccessStatusValue } from '../records/vocabularies.ts';
import { dateOf } from './agreement.ts';
import { VersionedMap } from '../versioned-map.ts';
import { regrouped, withEntries, withoutEmpty } from './regroup.ts';

/** A dated statement of one classifier about a locality. It holds until the same one says otherwise. */
export interface StatusStatement {
  readonly record: string;
  readonly classifier: string;
  readonly status: AccessStatusValue;
  readonly from: PartialDate;
  readonly until: PartialDate | null;
  readonly source: string | null;
}

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
 * Statements by locality, in the order of the localities' ids, of one classifier (compared without
 * case), in the order of their start.
 */
export type StatusRegister = ReadonlyMap<string, readonly StatusStatement[]>;

/** Who classifies places in this data set, each once (where differently written, capitals first), by name. */
export function classifiersOf(dataset: Pick<Dataset, 'accessStatus'>): readonly string[] {
  const byKey = new Map<string, string>();
  for (const { classifier } of dataset.accessStatus.values()) {
    const key = nameKey(classifier);
    const known = byKey.get(key);
    if (known === undefined || classifier < known) byKey.set(key, classifier);
  }
  return [...byKey.values()].sort((a, b) => a.localeCompare(b, 'en'));
}

/** Classifiers are the same when they are in small letters, without spaces around. */
export const classifierKey = (classifier: string): string => classifier.trim().toLowerCase();

/** The registers of all classifiers, and the records of each list of statements. */
export interface Registers {
  readonly byClassifier: ReadonlyMap<string, StatusRegister>;
  readonly records: VersionedMap<readonly AccessStatus[]>;
}

export const NO_REGISTERS: Registers = { byClassifier: new Map(), records: VersionedMap.empty };

const NOBODY: StatusRegister = new Map();

/** What a classifier says of each locality. Statements without a readable date are left out. */
export const registerOf = ({ byClassifier }: Registers, classifier: string): StatusRegister =>
  byClassifier.get(classifierKey(classifier)) ?? NOBODY;

/** The same from the records alone. */
export function statusRegister(
  { accessStatus }: Pick<Dataset, 'accessStatus'>,
  classifier: string,
): StatusRegister {
  return registerOf(patchRegisters(NO_REGISTERS, new Map(), accessStatus), classifier);
}

/** The registers after a change of records: lists of statements that it does not touch are the same. */
export function patchRegisters(
  registers: Registers,
  before: Dataset['accessStatus'],
  after: Dataset['accessStatus'],
): Registers {
  const keyOf = ({ classifier, locality }: AccessStatus): string =>
    JSON.stringify([classifierKey(classifier), locality]);
  const records = regrouped(registers.records, before, after, (status) => [keyOf(status)]);
  if (records.size === 0) return registers;
  const anew = new Map<string, Map<string, readonly StatusStatement[] | undefined>>();
  for (const [key, statuses] of records) {
    const [classifier, locality] = JSON.parse(key) as [string, string];
    const statements = statuses
      .flatMap((status) => statementOf(status) ?? [])
      .sort((a, b) => comparePartialDates(a.from, b.from) || (a.record < b.record ? -1 : 1));
    const ofClassifier = anew.get(classifier) ?? new Map<string, readonly StatusStatement[]>();
    ofClassifier.set(locality, statements.length === 0 ? undefined : statements);
    anew.set(classifier, ofClassifier);
  }
  const byClassifier = new Map(registers.byClassifier);
  for (const [classifier, entries] of anew) {
    byClassifier.set(classifier, withEntries(byClassifier.get(classifier) ?? NOBODY, entries));
  }
  return { byClassifier, records: registers.records.withChanges(withoutEmpty(records)) };
}

function statementOf(status: AccessStatus): StatusStatement | null {
  const from = dateOf(status.from);
  if (!from) return null;
  return {
    record: status.id,
    classifier: status.classifier,
    status: status.status,
    from,
    until: dateOf(status.until),
    source: status.source ?? null,
  };
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
