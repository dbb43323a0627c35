import type { Group } from '#lib/changes/change.ts';
import type { OperationRows } from '../store/operation-rows.ts';
import { basesOf, findChanges, hold, releasedBy, type KnownChange } from './bases.ts';
import type { Author } from './incoming.ts';
import { prefixClashes } from './id-clashes.ts';
import { judgeInStore } from './judge.ts';
import type { Kept } from './keep.ts';
import { knownRecords, type KnownRecords } from './known-records.ts';
import { quarantine, readHeld, setState } from './group-states.ts';
import { refuse } from './refuse.ts';
import { readSettling } from './settling.ts';

interface Candidate {
  readonly group: Group;
  readonly author: Author;
  /** How the device that brought it is told; a group that was held before has nobody waiting. */
  readonly kept: Kept | null;
}

/**
 * Stores what may be stored, in an order in which every base comes before what builds on it. A
 * group whose base is missing is held (S9), and joins as soon as that comes, whoever brings it.
 */
export async function admit(rows: OperationRows, kept: readonly Kept[]): Promise<Group[]> {
  const records = knownRecords(rows);
  const admitted: Group[] = [];
  let candidates: Candidate[] = kept.map((one) => ({
    group: one.incoming.group,
    author: one.incoming.author,
    kept: one,
  }));
  while (candidates.length > 0) {
    const round = await judgeRound(rows, candidates, records);
    admitted.push(...round);
    const changes = round.flatMap((group) => group.changes.map((change) => change.id));
    const released = await releasedBy(rows, changes);
    candidates = await readHeld(rows, released);
    await setState(rows, released, 'stored', null);
  }
  await records.save();
  return admitted;
}

async function judgeRound(
  rows: OperationRows,
  candidates: readonly Candidate[],
  records: KnownRecords,
): Promise<Group[]> {
  const bases = new Map(candidates.map((one) => [one, basesOf(one.group)]));
  const known = await findChanges(
    rows,
    [...bases.values()].flatMap((ids) => [...ids.keys()]),
  );
  await records.read(candidates.flatMap((one) => one.group.changes.map((change) => change.record)));
  const groups = candidates.map((one) => one.group);
  const settlesOthers = await readSettling(rows, groups, known);
  const isKnown = (record: string): boolean => records.get(record) !== undefined;
  const clashing = await prefixClashes(rows, groups, isKnown);
  const undecided = new Set(groups.map((group) => group.id));
  const stored: Group[] = [];
  let waiting = [...candidates];
  for (let progress = true; progress;) {
    progress = false;
    const left: Candidate[] = [];
    for (const one of waiting) {
      if (missing(bases.get(one), known, undecided).length > 0) {
        left.push(one);
        continue;
      }
      progress = true;
      const misplaced = [...(bases.get(one) ?? [])].some(
        ([id, record]) => known.get(id)?.record !== record,
      );
      const knowledge = { record: records.get, settlesOthers };
      const code = misplaced
        ? 'field_invalid'
        : clashing.has(one.group)
          ? 'id_clash'
          : judgeInStore(one.group, one.author, knowledge);
      if (code) {
        await quarantine(rows, one.group, code);
        if (one.kept) refuse(one.kept.fresh, one.group.id, code);
      } else {
        undecided.delete(one.group.id);
        records.learn(one.group, one.author);
        stored.push(one.group);
      }
    }
    waiting = left;
  }
  await holdRest(rows, waiting, bases, known, undecided);
  return stored;
}

/** Bases that are not stored: unknown, held, set aside, or of a group that is not decided yet. */
function missing(
  bases: ReadonlyMap<string, string> | undefined,
  known: ReadonlyMap<string, KnownChange>,
  undecided: ReadonlySet<string>,
): string[] {
  return [...(bases?.keys() ?? [])].filter((id) => {
    const change = known.get(id);
    return change?.state !== 'stored' || undecided.has(change.groupId);
  });
}

async function holdRest(
  rows: OperationRows,
  rest: readonly Candidate[],
  bases: ReadonlyMap<Candidate, ReadonlyMap<string, string>>,
  known: ReadonlyMap<string, KnownChange>,
  undecided: ReadonlySet<string>,
): Promise<void> {
  if (rest.length === 0) return;
  const waits = new Map(
    rest.map((one) => [one.group.id, missing(bases.get(one), known, undecided)]),
  );
  await hold(rows, waits);
  await setState(rows, [...waits.keys()], 'held', 'base_missing');
  for (const one of rest) one.kept?.fresh.remarks.held.push(one.group.id);
}
