import fc from 'fast-check';
import type { Change, Group, Json } from './change.ts';
import { DELETED } from './change.ts';
import { editRecord } from './edit.ts';
import { applyGroup } from './fold-changes.ts';
import { headsOf, type RecordState } from './fold.ts';

/** Histories of several devices that edit the same few records, and hear of each other now and then. */

const RECORDS = ['r1', 'r2', 'r3'];
const FIELDS = ['name', 'notes', 'localities'];

type Step =
  | { readonly does: 'edit'; device: number; record: number; fields: [number, Json][] }
  | { readonly does: 'delete'; device: number; record: number }
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
      does: fc.constant('delete' as const),
      device: fc.nat(2),
      record: fc.nat(2),
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
    const record = RECORDS[one.record]!;
    const state = device.states.get(record);
    const time = new Date(Date.UTC(2016, 5, 29) + offsets[one.device]! * 86_400_000).toISOString();
    const context = {
      operation: 'op',
      author: `m${one.device}`,
      deviceTime: time,
      schema: 1,
      newId,
    };
    const change: Change | undefined =
      one.does === 'edit'
        ? editRecord(
            state,
            'convoy',
            record,
            Object.fromEntries(one.fields.map(([f, v]) => [FIELDS[f]!, v])),
            context,
          )
        : state && headsOf(state).length > 0
          ? editRecord(state, 'convoy', record, { [DELETED]: true }, context)
          : undefined;
    if (!change) continue;
    const group: Group = {
      id: `g${change.id}`,
      operation: 'op',
      stream: 'log',
      device: `d${one.device}`,
      changes: [change],
    };
    all.push(group);
    take(device, group);
  }
  return all;
}

function take(device: { states: Map<string, RecordState>; has: Set<string> }, group: Group): void {
  if (device.has.has(group.id)) return;
  const applied = applyGroup(device.states, group);
  if (!applied) throw new Error('a device hears of causes before effects');
  for (const state of applied) device.states.set(state.id, state);
  device.has.add(group.id);
}
