import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DELETED, MERGED_INTO, type Json } from '#lib/changes/change.ts';
import { editRecord } from '#lib/changes/edit.ts';
import { applyChange, type RecordState } from '#lib/changes/fold.ts';
import type { RecordKind } from '#lib/domain/records/registry.ts';
import { DatasetKeeper } from './dataset-keeper.ts';

const IDS = {
  locality: ['l0', 'l1', 'l2'],
  convoy: ['c0', 'c1', 'c2'],
  stop: ['s0', 's1'],
  report: ['r0', 'r1', 'r2'],
  movement: ['m0', 'm1'],
  logEntry: ['e0', 'e1'],
} as const;
const KINDS = Object.keys(IDS) as (keyof typeof IDS)[];
const convoy = fc.constantFrom<Json>(...IDS.convoy);
const localities = fc.subarray<Json>([...IDS.locality], { minLength: 1 });
const FIELDS: Record<keyof typeof IDS, Record<string, fc.Arbitrary<Json>>> = {
  locality: { name: fc.constantFrom('A', 'B', '') },
  convoy: { name: fc.constantFrom('one', 'two'), status: fc.constantFrom('delivered', 'lost') },
  stop: { convoy, localities, sectors: fc.constantFrom<Json>(['FSC@l0'], ['FSC @ l1', 'WSH']) },
  report: { convoy, localities, source: fc.constantFrom('z') },
  movement: { convoy },
  logEntry: {
    movement: fc.constantFrom(...IDS.movement),
    time: fc.constantFrom('2016-06-29T10:00:00Z'),
    kind: fc.constantFrom('departed'),
  },
};

interface Edit {
  readonly kind: RecordKind;
  readonly id: string;
  /** null: all that was known of it leaves the device. */
  readonly values: Readonly<Record<string, Json | undefined>> | null;
  /** Made by somebody who has not seen what is there: heads stand side by side. */
  readonly isUnseen: boolean;
  readonly isDoubtful: boolean;
}

const edit: fc.Arbitrary<Edit> = fc.constantFrom(...KINDS).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    id: fc.constantFrom(...IDS[kind]),
    values: fc.oneof(
      { weight: 12, arbitrary: fc.record(FIELDS[kind], { requiredKeys: [] }) },
      { weight: 3, arbitrary: fc.record({ [DELETED]: fc.constantFrom<Json>(true, false) }) },
      {
        weight: 3,
        arbitrary: fc.record({ [MERGED_INTO]: fc.constantFrom<Json>(...IDS[kind], null) }),
      },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    isUnseen: fc.nat(5).map((n) => n === 0),
    isDoubtful: fc.boolean(),
  }),
);

let next = 0;
function stateAfter(states: ReadonlyMap<string, RecordState>, one: Edit): RecordState | undefined {
  const state = states.get(one.id);
  if (!one.values) return state && { ...state, fields: {}, seen: [] };
  const context = {
    operation: 'op',
    author: 'm',
    deviceTime: '2016-06-29T10:00:00Z',
    schema: 1,
    newId: () => `change${String(next++).padStart(6, '0')}`,
  };
  const change = editRecord(
    one.isUnseen ? undefined : state,
    one.kind,
    one.id,
    one.values,
    context,
  );
  const applied = change && applyChange(state, change);
  return applied?.ok ? applied.value : undefined;
}

const plain = (keeper: DatasetKeeper) => ({
  dataset: Object.fromEntries(
    Object.entries(keeper.dataset()).map(([kind, records]) => [
      kind,
      [...(records as ReadonlyMap<string, unknown>)].sort(([a], [b]) => (a < b ? -1 : 1)),
    ]),
  ),
  conflicts: keeper.conflicts(),
});

test('S5: after any changes, deletions, merges and losses the records are those read anew', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(edit, fc.boolean()), { maxLength: 30 }), (edits) => {
      const states = new Map<string, RecordState>();
      const doubtful = new Set<string>();
      const keeper = new DatasetKeeper(states, doubtful);
      for (const [one, isRead] of edits) {
        const state = stateAfter(states, one);
        if (!state) continue;
        states.set(one.id, state);
        if (one.isDoubtful) doubtful.add(one.id);
        keeper.noteChanged([one.id]);
        if (isRead) {
          expect(plain(keeper)).toEqual(plain(new DatasetKeeper(states, doubtful)));
        }
      }
    }),
    { numRuns: 1_500 },
  );
});

test('a version that was read stays as it was', () => {
  const states = new Map<string, RecordState>();
  const keeper = new DatasetKeeper(states, new Set());
  const save = (id: string, values: Record<string, Json>): void => {
    const one = { kind: 'locality', id, values, isUnseen: false, isDoubtful: false } as const;
    const state = stateAfter(states, one);
    if (state) states.set(id, state);
    keeper.noteChanged([id]);
  };
  save('l0', { name: 'Arbin' });
  const before = keeper.dataset();
  save('l0', { name: 'Zamalka' });
  const after = keeper.dataset();
  expect(before.locality.get('l0')?.name).toBe('Arbin');
  expect(after.locality.get('l0')?.name).toBe('Zamalka');
  expect(after.locality).not.toBe(before.locality);
  expect(after.convoy).toBe(before.convoy);
});

test('a record that is deleted or merged asks for nothing but into which it was merged', () => {
  const states = new Map<string, RecordState>();
  const keeper = new DatasetKeeper(states, new Set());
  const save = (id: string, values: Record<string, Json>, isUnseen = false): void => {
    const state = stateAfter(states, { kind: 'convoy', id, values, isUnseen, isDoubtful: false });
    if (state) states.set(id, state);
    keeper.noteChanged([id]);
  };
  const asked = () => keeper.conflicts().map(({ record, field }) => `${record} ${field}`);
  save('c0', { name: 'one' });
  save('c1', { name: 'one' });
  save('c1', { name: 'two' }, true);
  expect(asked()).toEqual(['c1 name']);
  save('c1', { [DELETED]: true });
  expect(asked()).toEqual([]);
  save('c1', { [DELETED]: false });
  expect(asked()).toEqual(['c1 name']);
  save('c1', { [MERGED_INTO]: 'c0' });
  expect(asked()).toEqual([]);
  save('c1', { [MERGED_INTO]: 'c2' }, true);
  expect(asked()).toEqual(['c1 _mergedInto']);
});
