import fc from 'fast-check';
import type { Change, Group, Json } from './change.ts';
import { DELETED, MERGED_INTO } from './change.ts';
import { editRecord } from './edit.ts';
import { applyGroup } from './fold-changes.ts';
import { headsOf, type RecordState } from './fold.ts';

/** Histories of several devices that edit, delete, restore and merge the same few records, and hear of each other now and then. */

const RECORDS = ['r1', 'r2', 'r3'];
const FIELDS = ['name', 'notes', 'localities'];

type Step =
  | { readonly does: 'edit'; device: number; record: number; fields: [number, Json][] }
  | { readonly does: 'delete' | 'undelete'; device: number; record: number }
  | { readonly does: 'merge'; device: number; record: number; into: number | null }
  | { readonly does: 'edit_all'; device: number; fields: [number, Json][] }
  | { readonly does: 'hear'; device: number; from: number };

const value: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom('a', 'b', 'é', 'é'),
  fc.constant(null),
  fc.integer({ min: 0, max: 3 }),
  fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('edit' as const),
      device: fc.nat(2),
      record: fc.nat(2),
      fields: fc.array(fc.tuple(fc.nat(2), value), { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constantFrom('delete' as const, 'undelete' as const),
      device: fc.nat(2),
      record: fc.nat(2),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('merge' as const),
      device: fc.nat(2),
      record: fc.nat(2),
      into: fc.option(fc.nat(2)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('edit_all' as const),
      device: fc.nat(2),
      fields: fc.array(fc.tuple(fc.nat(2), value), { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('hear' as const),
      device: fc.nat(2),
      from: fc.nat(2),
    }),
  },
);

/** Clocks up to nine years off, forwards or backwards: they must not matter. */
const clocks = fc.array(fc.integer({ min: -9 * 365, max: 9 * 365 }), {
  minLength: 3,
  maxLength: 3,
});

export const histories: fc.Arbitrary<Group[]> = fc
  .tuple(fc.array(step, { minLength: 1, maxLength: 30 }), clocks)
  .map(([steps, offsets]) => play(steps, offsets));

function play(steps: readonly Step[], offsets: readonly number[]): Group[] {
  const devices = [0, 1, 2].map(() => ({
    states: new Map<string, RecordState>(),
    has: new Set<string>(),
  }));
  const all: Group[] = [];
  let next = 0;
  // As long as real ones: what a snapshot keeps of an id is shorter.
  const newId = (): string => `c${String(next++).padStart(4, '0')}`.padEnd(22, '_');
  for (const one of steps) {
    const device = devices[one.device]!;
    if (one.does === 'hear') {
      for (const group of all) {
        if (devices[one.from]!.has.has(group.id)) take(device, group);
      }
      continue;
    }
    const time = new Date(Date.UTC(2016, 5, 29) + offsets[one.device]! * 86_400_000).toISOString();
    const context = {
      operation: 'op',
      author: `m${one.device}`,
      deviceTime: time,
      schema: 1,
      newId,
    };
    const records = one.does === 'edit_all' ? RECORDS : [RECORDS[one.record]!];
    const changes = records.flatMap((record): Change[] => {
      const state = device.states.get(record);
      const values = valuesOf(one, state);
      const change = values && editRecord(state, 'convoy', record, values, context);
      return change ? [change] : [];
    });
    const [first] = changes;
    if (!first) continue;
    const group: Group = {
      id: `g${first.id}`,
      operation: 'op',
      stream: 'log',
      device: `d${one.device}`,
      changes,
    };
    all.push(group);
    take(device, group);
  }
  return all;
}

/** What a person does to a record, as values; undefined where there is nothing to do it to. */
function valuesOf(
  one: Exclude<Step, { does: 'hear' }>,
  state: RecordState | undefined,
): Record<string, Json> | undefined {
  if (one.does === 'edit' || one.does === 'edit_all') {
    return Object.fromEntries(one.fields.map(([field, value]) => [FIELDS[field]!, value]));
  }
  if (!state || headsOf(state).length === 0) return undefined;
  if (one.does !== 'merge') return { [DELETED]: one.does === 'delete' };
  return { [MERGED_INTO]: one.into === null ? null : RECORDS[one.into]! };
}

function take(device: { states: Map<string, RecordState>; has: Set<string> }, group: Group): void {
  if (device.has.has(group.id)) return;
  const applied = applyGroup(device.states, group);
  if (!applied) throw new Error('a device hears of causes before effects');
  for (const state of applied) device.states.set(state.id, state);
  device.has.add(group.id);
}
