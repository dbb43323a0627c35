import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CREATED, DELETED, type Change, type Group, type Json } from './change.ts';
import { histories } from './changes.arbitrary.ts';
import { editRecord, headsByField, settledFields } from './edit.ts';
import { applyGroup, foldGroups } from './fold-changes.ts';
import {
  applyChange,
  conflictsOf,
  deletionOf,
  differingHeads,
  fieldValue,
  headsOf,
  valuesOf,
  type RecordState,
} from './fold.ts';
import { liveRecords } from './live-records.ts';

function change(
  id: string,
  fields: Record<string, [Json, string[]]>,
  more: Partial<Change> = {},
): Change {
  return {
    id,
    operation: 'op',
    kind: 'convoy',
    record: 'r1',
    fields: Object.fromEntries(
      Object.entries(fields).map(([field, [value, base]]) => [field, { value, base }]),
    ),
    deviceTime: '2016-06-29T12:00:00.000Z',
    author: 'm1',
    schema: 1,
    ...more,
  };
}

function stateOf(...changes: Change[]): RecordState {
  let state: RecordState | undefined;
  for (const one of changes) {
    const applied = applyChange(state, one);
    if (!applied.ok) throw new Error(`base missing: ${applied.error.missing.join(', ')}`);
    state = applied.value;
  }
  return state!;
}

function plain(records: ReadonlyMap<string, RecordState>): unknown {
  return [...records.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((state) => ({
      ...state,
      fields: Object.fromEntries(Object.entries(state.fields).sort(([a], [b]) => (a < b ? -1 : 1))),
      seen: [...state.seen].sort(),
      shown: Object.entries(valuesOf(state)).sort(([a], [b]) => (a < b ? -1 : 1)),
      conflicts: conflictsOf(state),
      deletion: deletionOf(state),
    }));
}

describe('merge of fields', () => {
  test('edits of different fields are both kept, without conflict', () => {
    const state = stateOf(
      change('a', { name: ['A', []], notes: ['n', []] }),
      change('b', { name: ['B', ['a']] }),
      change('c', { notes: ['m', ['a']] }),
    );
    expect(valuesOf(state)).toEqual({ name: 'B', notes: 'm' });
    expect(conflictsOf(state)).toEqual([]);
  });

  test('two values for one field: both kept, one shown, the record marked', () => {
    const state = stateOf(
      change('a', { name: ['A', []] }),
      change('b', { name: ['B', ['a']] }),
      change('c', { name: ['C', ['a']] }),
    );
    expect(conflictsOf(state)).toEqual(['name']);
    expect(differingHeads(state, 'name').map((heads) => heads[0]!.value)).toEqual(['B', 'C']);
    expect(fieldValue(state, 'name')).toBe('C');
  });

  test('heads that agree are no conflict: sets in any order, text in any normal form', () => {
    const state = stateOf(
      change('a', { localities: [['x', 'y'], []], name: ['é', []] }),
      change('b', { localities: [['y', 'x'], []], name: ['é', []] }),
    );
    expect(conflictsOf(state)).toEqual([]);
  });

  test('a settling change names all heads, and is told from an edit', () => {
    const disputed = stateOf(change('a', { name: ['A', []] }), change('b', { name: ['B', []] }));
    const settling = change('c', { name: ['A', ['a', 'b']] });
    expect(settledFields(disputed, settling)).toEqual(['name']);
    expect(settledFields(disputed, change('d', { name: ['D', ['a']] }))).toEqual([]);
    expect(
      conflictsOf(
        stateOf(change('a', { name: ['A', []] }), change('b', { name: ['B', []] }), settling),
      ),
    ).toEqual([]);
  });

  test('S9: a change whose base is unknown is held and makes no false head', () => {
    const applied = applyChange(undefined, change('b', { name: ['B', ['a']] }));
    expect(applied).toEqual({
      ok: false,
      error: { type: 'base_missing', change: 'b', missing: ['a'] },
    });
  });

  test('what stands already makes no change; null clears', () => {
    const state = stateOf(change('a', { name: ['A', []] }));
    const context = { operation: 'op', author: 'm', deviceTime: 'T', schema: 1, newId: () => 'n' };
    expect(editRecord(state, 'convoy', 'r1', { name: 'A' }, context)).toBeUndefined();
    const cleared = editRecord(state, 'convoy', 'r1', { name: null }, context)!;
    expect(valuesOf(stateOf(change('a', { name: ['A', []] }), cleared))).toEqual({});
  });
});

describe('what was typed over an earlier state', () => {
  const context = { operation: 'op', author: 'm', deviceTime: 'T', schema: 1, newId: () => 'n' };
  const before = change('a', { name: ['A', []], notes: ['N', []] });
  const seen = headsByField(stateOf(before));
  const theirs = change('b', { name: ['B', ['a']] });
  const edit = (values: Parameters<typeof editRecord>[3], ...changes: Change[]) => {
    const state = stateOf(...changes);
    return [state, editRecord(state, 'convoy', 'r1', values, context, seen)] as const;
  };

  test('S5: what came since is not overwritten: both stand, in conflict', () => {
    const [, mine] = edit({ name: 'C' }, before, theirs);
    expect(mine?.fields['name']?.base).toEqual(['a']);
    const merged = stateOf(before, theirs, mine!);
    expect(conflictsOf(merged)).toEqual(['name']);
    expect(headsOf(merged)).toEqual(expect.arrayContaining(['b', 'n']));
  });

  test('another field than theirs, or the same value, is in no conflict', () => {
    const [, notes] = edit({ notes: 'M' }, before, theirs);
    expect(conflictsOf(stateOf(before, theirs, notes!))).toEqual([]);
    expect(edit({ name: 'B' }, before, theirs)[1]).toBeUndefined();
  });

  test('a deletion names what its author saw, so an edit that came since disputes it', () => {
    const [, deleting] = edit({ [DELETED]: true }, before, theirs);
    expect(deletionOf(stateOf(before, theirs, deleting!))).toBe('disputed');
    const [, alone] = edit({ [DELETED]: true }, before);
    expect(deletionOf(stateOf(before, alone!))).toBe('deleted');
  });

  test('S9: what was seen and set aside since is no base', () => {
    const [, mine] = edit({ name: 'C' }, change('x', { notes: ['N', []] }));
    expect(mine?.fields['name']?.base).toEqual([]);
  });
});

describe('deletion', () => {
  const a = change('a', { [CREATED]: [true, []], name: ['A', []] });
  const deletion = change('d', { [DELETED]: [true, ['a']] });

  test('a deletion that saw every head hides the record; undeleting shows it', () => {
    expect(deletionOf(stateOf(a, deletion))).toBe('deleted');
    const back = change('u', { [DELETED]: [false, ['a', 'd']] });
    expect(deletionOf(stateOf(a, deletion, back))).toBe('live');
  });

  test('a live head that the deletion did not name makes a conflict, and nothing disappears', () => {
    const state = stateOf(a, change('b', { name: ['B', ['a']] }), deletion);
    expect(deletionOf(state)).toBe('disputed');
    expect(conflictsOf(state)).toEqual([DELETED]);
    expect(headsOf(state)).toEqual(['a', 'b', 'd']);
  });

  test('a disputed deletion can be settled either way, and is said once', () => {
    const context = { operation: 'op', author: 'm', deviceTime: 'T', schema: 1, newId: () => 'n' };
    const said = [a, change('b', { name: ['B', ['a']] }), deletion];
    for (const isDeleted of [true, false]) {
      const settling = editRecord(
        stateOf(...said),
        'convoy',
        'r1',
        { [DELETED]: isDeleted },
        context,
      );
      const settled = stateOf(...said, settling!);
      expect(deletionOf(settled)).toBe(isDeleted ? 'deleted' : 'live');
      expect(conflictsOf(settled)).toEqual([]);
      expect(
        editRecord(settled, 'convoy', 'r1', { [DELETED]: isDeleted }, context),
      ).toBeUndefined();
    }
  });

  test('children of a deleted record are hidden, not deleted', () => {
    const report = change('r', { convoy: ['r1', []] }, { kind: 'report', record: 'r2' });
    const states = new Map([
      ['r1', stateOf(a, deletion)],
      ['r2', stateOf(report)],
    ]);
    expect(liveRecords(states)).toEqual([]);
    states.set('r1', stateOf(a));
    expect(liveRecords(states).map((record) => record.id)).toEqual(['r1', 'r2']);
  });

  test('children of a merged record follow to the one that stands; rings leave one standing', () => {
    const into = (record: string, id: string, target: string): Change =>
      change(id, { name: [record, []], _mergedInto: [target, []] }, { record });
    const report = change('r', { convoy: ['r1', []] }, { kind: 'report', record: 'p' });
    const states = new Map([
      ['r1', stateOf(into('r1', 'a', 'r2'))],
      ['r2', stateOf(into('r2', 'b', 'r1'))],
      ['p', stateOf(report)],
    ]);
    const live = liveRecords(states);
    expect(live.map((record) => record.id)).toEqual(['r1', 'p']);
    states.set('r2', stateOf(change('b', { name: ['r2', []] }, { record: 'r2' })));
    expect(liveRecords(states).find((record) => record.id === 'p')!.values['convoy']).toBe('r2');
  });

  test('whatever names a merged record names the one that stands, and lists it once', () => {
    const place = (record: string, target?: string): RecordState =>
      stateOf(
        change(
          record,
          { name: [record, []], ...(target ? { _mergedInto: [target, []] } : {}) },
          { kind: 'locality', record },
        ),
      );
    const report = change(
      'r',
      {
        convoy: ['c', []],
        localities: [['erbin', 'zamalka', 'arbin'], []],
        sectors: [['FSC', 'HEA@erbin'], []],
      },
      { kind: 'report', record: 'p' },
    );
    const states = new Map([
      ['arbin', place('arbin')],
      ['zamalka', place('zamalka')],
      ['erbin', place('erbin', 'arbin')],
      ['p', stateOf(report)],
    ]);
    expect(liveRecords(states).find(({ id }) => id === 'p')?.values).toEqual({
      convoy: 'c',
      localities: ['arbin', 'zamalka'],
      sectors: ['FSC', 'HEA@arbin'],
    });
  });
});

describe('S5: the same changes give the same records', () => {
  test('in any order, any number of times, S9 holding what comes too early', () => {
    fc.assert(
      fc.property(
        histories.chain((groups) =>
          fc.tuple(
            fc.constant(groups),
            fc.shuffledSubarray([...groups, ...groups], { minLength: groups.length * 2 }),
          ),
        ),
        ([groups, shuffled]) => {
          const straight = foldGroups(groups);
          const other = foldGroups(shuffled);
          expect(other.held).toEqual([]);
          expect(plain(other.records)).toEqual(plain(straight.records));
        },
      ),
    );
  });

  test('in parts: folding a fold further is folding it all', () => {
    fc.assert(
      fc.property(histories, fc.nat(30), (groups, cut) => {
        const first = foldGroups(groups.slice(cut));
        const then = foldGroups([...first.held, ...groups.slice(0, cut)], first.records);
        expect(plain(then.records)).toEqual(plain(foldGroups(groups).records));
      }),
    );
  });

  test('one by one from any side: a device that applied them all agrees', () => {
    fc.assert(
      fc.property(histories, (groups) => {
        const states = new Map<string, RecordState>();
        for (const group of groups) {
          for (const state of applyGroup(states, group) ?? []) states.set(state.id, state);
        }
        expect(plain(states)).toEqual(plain(foldGroups(groups).records));
      }),
    );
  });

  test('clocks decide nothing: nine years off or right, the same is shown and disputed', () => {
    const untimed = (records: ReadonlyMap<string, RecordState>): unknown =>
      JSON.parse(
        JSON.stringify(plain(records), (key, value: unknown) =>
          key === 'deviceTime' ? undefined : value,
        ),
      );
    const at = (group: Group, year: number): Group => ({
      ...group,
      changes: group.changes.map((one) => ({ ...one, deviceTime: `${year}-01-01T00:00:00.000Z` })),
    });
    fc.assert(
      fc.property(histories, fc.array(fc.integer({ min: 2007, max: 2025 })), (groups, years) => {
        const other = groups.map((group, i) => at(group, years[i % years.length] ?? 2016));
        expect(untimed(foldGroups(other).records)).toEqual(untimed(foldGroups(groups).records));
      }),
    );
  });

  test('a long history that arrives backwards is held until its beginning, then all goes in', () => {
    const history = Array.from({ length: 1_000 }, (_, i): Group => {
      const one = change(`c${i}`, { notes: [i, i === 0 ? [] : [`c${i - 1}`]] });
      return { id: `g${i}`, operation: 'op', stream: 'log', device: 'd', changes: [one] };
    });
    const late = foldGroups(history.slice(1).reverse());
    expect(late.held).toHaveLength(999);
    expect(late.records.size).toBe(0);
    const whole = foldGroups([...late.held, history[0]!], late.records);
    expect(whole.held).toEqual([]);
    expect(fieldValue(whole.records.get('r1')!, 'notes')).toBe(999);
  });

  test('a group that builds on itself in a ring is held, and holds nothing else up', () => {
    const ring: Group = {
      id: 'ring',
      operation: 'op',
      stream: 'log',
      device: 'd',
      changes: [change('x', { name: ['X', ['y']] }), change('y', { name: ['Y', ['x']] })],
    };
    const sound: Group = { ...ring, id: 'sound', changes: [change('z', { name: ['Z', []] })] };
    const folded = foldGroups([ring, sound]);
    expect(folded.held).toEqual([ring]);
    expect(valuesOf(folded.records.get('r1')!)).toEqual({ name: 'Z' });
  });

  test('S9: without a cause, exactly its consequences are held', () => {
    fc.assert(
      fc.property(histories, fc.nat(30), (groups, at) => {
        const missing = groups[at % Math.max(groups.length, 1)];
        if (!missing) return;
        const without = groups.filter((group) => group.id !== missing.id);
        const folded = foldGroups(without);
        const dependent = (group: Group): boolean =>
          group.changes.some((one) =>
            Object.values(one.fields).some((edit) =>
              edit.base.some(
                (id) =>
                  missing.changes.some((gone) => gone.id === id) ||
                  folded.held.some((held) => held.changes.some((c) => c.id === id)),
              ),
            ),
          );
        expect(new Set(folded.held.map((group) => group.id))).toEqual(
          new Set(without.filter(dependent).map((group) => group.id)),
        );
        expect(plain(foldGroups([...folded.held, missing], folded.records).records)).toEqual(
          plain(foldGroups(groups).records),
        );
      }),
    );
  });
});
