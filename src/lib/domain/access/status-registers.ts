import { comparePartialDates, type PartialDate } from '../dates/partial-date.ts';
import { nameKey } from '../names/name-key.ts';
import type { AccessStatus, Dataset } from '../records/dataset.ts';
import type { AccessStatusValue } from '../records/vocabularies.ts';
import { VersionedMap } from '../versioned-map.ts';
import { dateOf } from './agreement.ts';
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
