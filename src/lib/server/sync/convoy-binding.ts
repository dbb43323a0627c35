import type { Change, Group } from '#lib/changes/change.ts';
import { isRecordKind, kindOfRecord } from '#lib/domain/records/registry.ts';
import type { OperationRows } from '../store/operation-rows.ts';

/** Kinds outside the stream of convoys that tell of one all the same, and so wait with it. */
const ALSO_BOUND = new Set(['movement', 'incident']);

/**
 * The convoys that each group tells of. Such a group must not reach `log` before they do. A later
 * change of a stop or a report does not name its convoy again: the store remembers it by record.
 * Binds too much rather than too little: a record moved to another convoy belongs to both.
 */
export async function bindConvoys(
  store: OperationRows,
  groups: readonly Group[],
): Promise<Map<Group, Set<string>>> {
  const { operation } = store;
  const changes = groups.flatMap((group) => group.changes).filter(tellsOfConvoy);
  if (changes.length === 0) return new Map(groups.map((group) => [group, new Set<string>()]));
  const known = await knownConvoys(store, changes);
  const added: { operation: string; record: string; convoy: string }[] = [];
  const learn = (record: string, convoy: string): boolean => {
    const convoys = known.get(record) ?? new Set<string>();
    known.set(record, convoys);
    if (convoys.has(convoy)) return false;
    convoys.add(convoy);
    added.push({ operation, record, convoy });
    return true;
  };
  learnUntilSettled(changes, known, learn);
  await store.insert('convoyRecords', added, 'ignore');
  return new Map(groups.map((group) => [group, convoysOf(group, known)]));
}

function tellsOfConvoy(change: Change): boolean {
  if (ALSO_BOUND.has(change.kind)) return true;
  return isRecordKind(change.kind) && kindOfRecord(change.kind).stream === 'convoy';
}

/** Fields that a newer application knows hold whatever it says: what is no id names no record. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

export const namedIn = (change: Change, field: string): string | null => {
  const value = change.fields[field]?.value;
  return typeof value === 'string' && ID.test(value) ? value : null;
};

async function knownConvoys(
  store: OperationRows,
  changes: readonly Change[],
): Promise<Map<string, Set<string>>> {
  const records = changes.flatMap((change) => [
    change.record,
    namedIn(change, 'stop') ?? change.record,
  ]);
  const rows = await store.find('convoyRecords', ['record', 'convoy'], 'record', records);
  const known = new Map<string, Set<string>>();
  for (const { record, convoy } of rows) {
    known.set(record, (known.get(record) ?? new Set()).add(convoy));
  }
  return known;
}

/** An item line may stand before the stop it hangs on, so this goes round until nothing is new. */
function learnUntilSettled(
  changes: readonly Change[],
  known: ReadonlyMap<string, ReadonlySet<string>>,
  learn: (record: string, convoy: string) => boolean,
): void {
  for (let news = true; news;) {
    news = false;
    for (const change of changes) {
      const convoys = new Set<string>(known.get(namedIn(change, 'stop') ?? '') ?? []);
      const named = namedIn(change, 'convoy');
      if (named) convoys.add(named);
      const mergedInto = change.kind === 'convoy' ? namedIn(change, '_mergedInto') : null;
      if (mergedInto) convoys.add(mergedInto);
      if (change.kind === 'convoy') convoys.add(change.record);
      for (const convoy of convoys) news = learn(change.record, convoy) || news;
    }
  }
}

/** A convoy's own record that names none yet keeps its group back as if it were a convoy itself. */
function convoysOf(group: Group, known: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const convoys = new Set<string>();
  for (const change of group.changes) {
    if (!tellsOfConvoy(change)) continue;
    const found = known.get(change.record) ?? new Set<string>();
    for (const convoy of found) convoys.add(convoy);
    if (found.size === 0 && !ALSO_BOUND.has(change.kind)) convoys.add(change.record);
  }
  return convoys;
}
