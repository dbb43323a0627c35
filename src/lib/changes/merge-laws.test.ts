import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { DELETED, type Change, type Group } from './change.ts';
import { histories } from './changes.arbitrary.ts';
import { editRecord } from './edit.ts';
import { foldGroups } from './fold-changes.ts';
import { conflictsOf, deletionOf, headsOf, type RecordState } from './fold.ts';
import { liveRecords, standing } from './live-records.ts';

/**
 * What merging must be, said apart from how it is done (sync.md, Merge): a join of sets of changes,
 * whose heads are what no other change names.
 */

type States = ReadonlyMap<string, RecordState>;

function textOf(states: States): string {
  const sorted = [...states.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const plain = sorted.map(({ id, kind, fields, seen }) => [
    id,
    kind,
    Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)),
    [...seen].sort(),
  ]);
  return JSON.stringify(plain);
}

/** What a device shows and still holds back that already had one set and now hears of another. */
function joined(...sets: readonly (readonly Group[])[]): string {
  let states: States = new Map();
  let held: readonly Group[] = [];
  for (const set of sets) ({ records: states, held } = foldGroups([...held, ...set], states));
  return JSON.stringify([textOf(states), held.map(({ id }) => id).sort()]);
}

/** Three sets out of one history, each with every base of what is in it: three devices. */
const threeSets = fc
  .tuple(histories, fc.array(fc.nat(7), { minLength: 40, maxLength: 40 }))
  .map(([groups, masks]) =>
    [0, 1, 2].map((bit) => closed(groups, (at) => ((masks[at] ?? 0) >> bit) & 1)),
  );

function closed(groups: readonly Group[], isIn: (at: number) => number): Group[] {
  const wanted = new Set<string>();
  for (const [at, group] of [...groups.entries()].reverse()) {
    const isNeeded = group.changes.some(({ id }) => wanted.has(id));
    if (!isNeeded && !isIn(at)) continue;
    for (const change of group.changes) {
      wanted.add(change.id);
      for (const { base } of Object.values(change.fields)) base.forEach((id) => wanted.add(id));
    }
  }
  return groups.filter((group) => group.changes.some(({ id }) => wanted.has(id)));
}

test('S5: merging is commutative, associative and idempotent', () => {
  fc.assert(
    fc.property(threeSets, ([a = [], b = [], c = []]) => {
      expect(joined(b, a)).toBe(joined(a, b));
      expect(joined(a, a)).toBe(joined(a));
      const bc = [...new Map([...c, ...b].map((group) => [group.id, group])).values()];
      expect(joined(a, bc)).toBe(joined([...a, ...b], c));
      expect(joined(c, b, a)).toBe(joined(a, b, c));
    }),
  );
});

test('a head is a change that no other change names in the base of that field', () => {
  fc.assert(
    fc.property(histories, (groups) => {
      const changes = groups.flatMap((group) => group.changes);
      for (const state of foldGroups(groups).records.values()) {
        const own = changes.filter(({ record }) => record === state.id);
        const fields = new Set(own.flatMap((change) => Object.keys(change.fields)));
        const expected = Object.fromEntries(
          [...fields].map((field) => [field, headsIn(own, field)]),
        );
        const actual = Object.entries(state.fields).map(([field, heads]) => [
          field,
          heads.map(({ change }) => change),
        ]);
        expect(Object.fromEntries(actual)).toEqual(expected);
      }
    }),
  );
});

function headsIn(changes: readonly Change[], field: string): string[] {
  const edits = changes.flatMap((change) => {
    const edit = change.fields[field];
    return edit ? [{ id: change.id, base: edit.base }] : [];
  });
  const named = new Set(edits.flatMap(({ base }) => base));
  return edits.flatMap(({ id }) => (named.has(id) ? [] : [id])).sort();
}

test('several heads are a conflict where their values differ, and one of them is shown', () => {
  fc.assert(
    fc.property(histories, (groups) => {
      for (const state of foldGroups(groups).records.values()) {
        for (const [field, heads] of Object.entries(state.fields)) {
          if (field === DELETED) continue;
          const isSet = field === 'localities';
          const values = new Set(heads.map(({ value }) => canonicalJson(value, isSet)));
          expect(conflictsOf(state).includes(field)).toBe(values.size > 1);
        }
      }
    }),
  );
});

test('nothing disappears that a deletion did not see, and restoring shows all again', () => {
  fc.assert(
    fc.property(histories, (groups) => {
      for (const state of foldGroups(groups).records.values()) {
        const deletions = (state.fields[DELETED] ?? []).filter(({ value }) => value === true);
        const seen = new Set(deletions.flatMap(({ sees }) => sees ?? []));
        const others = Object.entries(state.fields).filter(([field]) => field !== DELETED);
        const unseen = others
          .flatMap(([, heads]) => heads)
          .filter(({ change }) => !seen.has(change));
        if (unseen.length > 0) expect(deletionOf(state)).not.toBe('deleted');
        if (deletions.length === 0) expect(deletionOf(state)).toBe('live');
        expect(afterRestoring(state, groups)).toBe('live');
      }
    }),
  );
});

function afterRestoring(state: RecordState, groups: readonly Group[]): string {
  const context = { operation: 'op', author: 'm9', deviceTime: '', schema: 1, newId: () => 'z' };
  const change = editRecord(state, state.kind, state.id, { [DELETED]: false }, context);
  if (!change) return deletionOf(state);
  const group = {
    id: 'z',
    operation: 'op',
    stream: 'log' as const,
    device: 'd9',
    changes: [change],
  };
  const restored = foldGroups([...groups, group]).records.get(state.id);
  return restored ? deletionOf(restored) : 'lost';
}

test('merging records in a ring, at any depth, leaves one of them standing for all', () => {
  fc.assert(
    fc.property(histories, (groups) => {
      const { records } = foldGroups(groups);
      const shown = new Set(liveRecords(records).map(({ id }) => id));
      for (const [id, state] of records) {
        const stands = standing(records, id);
        expect(standing(records, stands)).toBe(stands);
        const target = records.get(stands);
        if (target && deletionOf(target) !== 'deleted') expect(shown.has(stands)).toBe(true);
        if (stands !== id) expect(shown.has(id)).toBe(false);
        expect(headsOf(state).length).toBeGreaterThan(0);
      }
    }),
  );
});

test('60 days offline: a device that heard nothing meanwhile loses nothing, and overwrites nothing', () => {
  fc.assert(
    fc.property(histories, histories, fc.nat(10), (before, meanwhile, cut) => {
      const known = before.slice(0, cut);
      const [here, there] = [renamed(before.slice(cut), 'here'), renamed(meanwhile, 'there')];
      const startHere = closedOver(known, here);
      const startThere = closedOver(known, there);
      const all = [...known, ...startHere, ...startThere];
      const { records } = foldGroups(all);
      expect(joined(known, startThere, startHere)).toBe(joined(known, startHere, startThere));
      const named = new Set(
        all.flatMap(({ changes }) =>
          changes.flatMap(({ fields }) => Object.values(fields).flatMap(({ base }) => base)),
        ),
      );
      for (const { id, record } of all.flatMap(({ changes }) => changes)) {
        if (named.has(id)) continue;
        expect(headsOf(records.get(record)!)).toContain(id);
      }
    }),
  );
});

/** The same changes under other ids: of another device, that saw none of the others. */
function renamed(groups: readonly Group[], by: string): Group[] {
  const own = new Set(groups.flatMap(({ changes }) => changes.map(({ id }) => id)));
  const name = (id: string): string => (own.has(id) ? `${id}-${by}` : id);
  return groups.map((group) => ({
    ...group,
    id: `${group.id}-${by}`,
    changes: group.changes.map((change) => ({
      ...change,
      id: name(change.id),
      fields: Object.fromEntries(
        Object.entries(change.fields).map(([field, { value, base }]) => [
          field,
          { value, base: base.map(name) },
        ]),
      ),
    })),
  }));
}

/** Those of the groups that can be folded after what is known. */
function closedOver(known: readonly Group[], groups: readonly Group[]): Group[] {
  const { held } = foldGroups([...known, ...groups]);
  const waiting = new Set(held.map(({ id }) => id));
  return groups.filter(({ id }) => !waiting.has(id));
}
