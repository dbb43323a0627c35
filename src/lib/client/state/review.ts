import type { Group } from '#lib/changes/change.ts';
import type { Head } from '#lib/changes/fold.ts';
import { historyOf, type HistoryEntry } from '#lib/changes/history.ts';
import type { LeftOut } from '#lib/domain/access/caveats.ts';
import type { ClaimCheck } from '#lib/domain/access/claims.ts';
import { computeClaims } from '#lib/domain/access/claims.ts';
import { computeDuplicates } from '#lib/domain/access/duplicates.ts';
import { recordsLeftOut } from '#lib/domain/access/records-left-out.ts';
import { allWarnings } from '#lib/domain/records/warnings/warnings-of.ts';
import type { WarningCode } from '#lib/domain/records/warnings/warning.ts';
import type { Locality } from '#lib/domain/records/dataset.ts';
import type { OpenOperation } from './open-operation.svelte.ts';
import { changesIn } from './record-history.ts';
import type { Conflict } from './records-api.ts';
import type { LocalGroup } from './sync-status.svelte.ts';
import type { ConvoyRow } from './views.ts';

/** A value that stands for a field, and the changes that give it. */
export interface ConflictValue {
  readonly value: Conflict['shown'];
  readonly heads: readonly Head[];
}

export interface OpenConflict {
  readonly record: string;
  readonly kind: string;
  readonly field: string;
  readonly values: readonly ConflictValue[];
  /** The reader may say which value stands (docs/security.md, roles). */
  readonly maySettle: boolean;
}

export interface DuplicatePair {
  readonly convoys: readonly [ConvoyRow, ConvoyRow];
}

/** A record that deserves a second look: it contradicts itself, or no indicator can use it. */
export interface DoubtedRecord {
  readonly kind: string;
  readonly id: string;
  readonly warnings: readonly WarningCode[];
  readonly leftOut: readonly LeftOut['type'][];
}

/** What waits for a person's eye. Everything but `aside` waits for everybody who may settle it. */
export interface ReviewLists {
  readonly aside: readonly LocalGroup[];
  readonly conflicts: readonly OpenConflict[];
  readonly disputed: readonly ConvoyRow[];
  readonly duplicates: readonly DuplicatePair[];
  readonly unverified: readonly Locality[];
  readonly contradicted: readonly ClaimCheck[];
}

/**
 * What there is to review for the person who has this device open: for a logger what became of his
 * own changes, for coordinators everything.
 */
export function reviewLists(operation: OpenOperation): ReviewLists {
  const { access, identity, records, sync } = operation;
  const coordinates = identity.role === 'coordinator' || identity.role === 'owner';
  const conflicts = records.conflicts.flatMap((conflict): OpenConflict[] => {
    const values = valuesOf(operation, conflict);
    const heads = values.flatMap((value) => value.heads);
    const own = heads.filter(({ author }) => author === identity.member);
    if (!coordinates && own.length === 0) return [];
    const maySettle = coordinates || own.length === heads.length;
    return [{ ...conflict, values, maySettle }];
  });
  if (!coordinates) {
    return {
      aside: sync.attention,
      conflicts,
      disputed: [],
      duplicates: [],
      unverified: [],
      contradicted: [],
    };
  }
  const rowById = new Map(access.convoys.map((row) => [row.id, row]));
  const { accessRecords, asOf, classifier } = access;
  return {
    aside: sync.attention,
    conflicts,
    disputed: access.convoys.filter(({ isDisputed }) => isDisputed),
    duplicates: computeDuplicates(accessRecords, asOf).flatMap(({ convoys: [a, b] }) => {
      const [first, second] = [rowById.get(a), rowById.get(b)];
      return first && second ? [{ convoys: [first, second] as const }] : [];
    }),
    unverified: [...records.dataset.locality.values()].filter(({ verified }) => verified !== true),
    contradicted: computeClaims(accessRecords, { asOf, classifier }).filter(
      ({ verdict }) => verdict === 'contradicted',
    ),
  };
}

/** Records that contradict themselves, and those that no indicator can use, each once. */
export function doubtedRecords({ access, records }: OpenOperation): readonly DoubtedRecord[] {
  const { dataset } = records;
  const found = new Map<string, { warnings: Set<WarningCode>; leftOut: Set<LeftOut['type']> }>();
  const of = (id: string) => {
    const known = found.get(id) ?? { warnings: new Set(), leftOut: new Set() };
    found.set(id, known);
    return known;
  };
  for (const { code, records: named } of allWarnings(dataset, access.asOf)) {
    if (named[0] !== undefined) of(named[0]).warnings.add(code);
  }
  for (const { type, record } of recordsLeftOut(access.accessRecords)) of(record).leftOut.add(type);
  return [...found].map(([id, { warnings, leftOut }]) => ({
    id,
    kind: records.state(id)?.kind ?? '',
    warnings: [...warnings],
    leftOut: [...leftOut],
  }));
}

/** What a group says, as the first entries of a history: for what was set aside and counts nowhere. */
export function entriesOf(group: Group): readonly HistoryEntry[] {
  return historyOf(changesIn(group));
}

/** How many things wait. */
export function reviewCount(lists: ReviewLists): number {
  return Object.values(lists).reduce((sum, list: readonly unknown[]) => sum + list.length, 0);
}

/** The heads of a conflict by value; of a disputed deletion, against everything that lives on. */
function valuesOf({ records }: OpenOperation, conflict: Conflict): ConflictValue[] {
  const fields = records.state(conflict.record)?.fields ?? {};
  if (conflict.field === '_deleted') {
    const deletions = fields['_deleted'] ?? [];
    const seen = new Set(deletions.flatMap(({ sees }) => sees ?? []));
    const living = Object.entries(fields)
      .filter(([field]) => field !== '_deleted')
      .flatMap(([, heads]) => heads.filter(({ change }) => !seen.has(change)));
    const once = [...new Map(living.map((head) => [head.change, head])).values()];
    return [
      { value: true, heads: deletions },
      { value: false, heads: once },
    ];
  }
  const heads = fields[conflict.field] ?? [];
  return conflict.values.map(({ value, changes }) => ({
    value,
    heads: heads.filter(({ change }) => changes.includes(change)),
  }));
}
