import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Group } from './change.ts';
import { histories } from './changes.arbitrary.ts';
import { foldGroups } from './fold-changes.ts';
import { conflictsOf, deletionOf, valuesOf, type RecordState } from './fold.ts';
import { mergeStates, snapshotOf } from './snapshot.ts';

type States = ReadonlyMap<string, RecordState>;

const snapshotted = (states: States): Map<string, RecordState> =>
  new Map([...states].map(([id, state]) => [id, snapshotOf(state)]));

/** All that S5 speaks of: which change stands for which field, and what that shows. */
const shown = (states: States): unknown =>
  [...states.values()]
    .map((state) => ({
      id: state.id,
      kind: state.kind,
      fields: Object.entries(state.fields).toSorted(([a], [b]) => (a < b ? -1 : 1)),
      values: Object.entries(valuesOf(state)).toSorted(([a], [b]) => (a < b ? -1 : 1)),
      conflicts: conflictsOf(state),
      deletion: deletionOf(state),
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));

function merged(one: States, other: States): Map<string, RecordState> {
  const all = new Map(one);
  for (const [id, state] of other) {
    const known = all.get(id);
    all.set(id, known ? mergeStates(known, state) : state);
  }
  return all;
}

const cut = fc.nat(1_000).map((n) => n / 1_000);
const at = (groups: readonly Group[], share: number): number => Math.round(groups.length * share);

describe('S5: through snapshots too', () => {
  test('a snapshot taken anywhere, then the rest in any order, is what all groups give', () => {
    fc.assert(
      fc.property(
        histories.chain((groups) =>
          fc.tuple(
            fc.constant(groups),
            cut,
            fc.shuffledSubarray(groups, { minLength: groups.length, maxLength: groups.length }),
          ),
        ),
        ([groups, share, shuffled]) => {
          const before = groups.slice(0, at(groups, share));
          const start = snapshotted(foldGroups(before).records);
          // Groups of before the snapshot come again, as those do that reach a second stream later.
          const folded = foldGroups(shuffled, start);
          expect(folded.held).toEqual([]);
          expect(shown(folded.records)).toEqual(shown(foldGroups(groups).records));
        },
      ),
    );
  });

  test('snapshots of two prefixes, merged either way round, are the snapshot of the longer', () => {
    fc.assert(
      fc.property(histories, cut, cut, (groups, a, b) => {
        const upTo = (share: number): States =>
          snapshotted(foldGroups(groups.slice(0, at(groups, share))).records);
        const [one, other] = [upTo(a), upTo(b)];
        const longer = foldGroups(groups.slice(0, at(groups, Math.max(a, b)))).records;
        expect(shown(merged(one, other))).toEqual(shown(longer));
        expect(shown(merged(other, one))).toEqual(shown(longer));
      }),
    );
  });

  test('what came by itself and what came in a snapshot together are the fold of both', () => {
    fc.assert(
      fc.property(
        histories.chain((groups) =>
          fc.tuple(fc.constant(groups), fc.subarray(groups), fc.subarray(groups)),
        ),
        ([groups, some, others]) => {
          const one = foldGroups(closed(groups, some));
          const other = foldGroups(closed(groups, others));
          const both = foldGroups([...closed(groups, some), ...closed(groups, others)]);
          const joined = merged(one.records, snapshotted(other.records));
          expect(shown(joined)).toEqual(shown(both.records));
          expect(shown(merged(joined, snapshotted(other.records)))).toEqual(shown(both.records));
        },
      ),
    );
  });
});

/** The groups, and everything they build on. */
function closed(all: readonly Group[], wanted: readonly Group[]): Group[] {
  const byChange = new Map(
    all.flatMap((group) => group.changes.map((c) => [c.id, group] as const)),
  );
  const found = new Set<Group>();
  const add = (group: Group): void => {
    if (found.has(group)) return;
    found.add(group);
    for (const change of group.changes) {
      for (const { base } of Object.values(change.fields)) {
        for (const id of base) add(byChange.get(id)!);
      }
    }
  };
  wanted.forEach(add);
  return [...found];
}
