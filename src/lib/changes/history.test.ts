import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DELETED, MERGED_INTO, type Change, type Json } from './change.ts';
import { historyOf, type KnownChange } from './history.ts';

let clock = 0;
function known(
  id: string,
  fields: Record<string, [value: Json, base: string[]]>,
  more: Partial<Change> = {},
): KnownChange {
  clock += 1;
  return {
    group: `g${id}`,
    device: 'd',
    change: {
      id,
      operation: 'o',
      kind: 'convoy',
      record: 'r',
      fields: Object.fromEntries(
        Object.entries(fields).map(([name, [value, base]]) => [name, { value, base }]),
      ),
      deviceTime: new Date(Date.UTC(2016, 5, 29, 12, clock)).toISOString(),
      author: 'm',
      schema: 1,
      ...more,
    },
  };
}

describe('the history of a record', () => {
  test('says what each change replaced', () => {
    const steps = historyOf([
      known('a', { name: ['A', []] }),
      known('b', { name: ['B', ['a']], notes: ['n', []] }),
      known('c', { reason: ['r', []] }),
    ]);
    expect(steps.map(({ step }) => step)).toEqual(['created', 'edited', 'edited']);
    expect(steps[1]?.fields).toEqual([
      { field: 'name', before: ['A'], after: 'B', isPartial: false },
      { field: 'notes', before: [], after: 'n', isPartial: false },
    ]);
  });

  test('tells a settled conflict by the several values that it replaced', () => {
    const steps = historyOf([
      known('a', { name: ['A', []] }),
      known('b', { name: ['B', ['a']] }),
      known('c', { name: ['C', ['a']] }),
      known('d', { name: ['B', ['b', 'c']] }),
    ]);
    expect(steps.at(-1)?.fields[0]?.before).toEqual(['B', 'C']);
  });

  test('puts a change behind what it builds on, whatever the clocks say', () => {
    const late = known('a', { name: ['A', []] }, { deviceTime: '2025-01-01T00:00:00.000Z' });
    const early = known('b', { name: ['B', ['a']] }, { deviceTime: '2007-01-01T00:00:00.000Z' });
    expect(historyOf([early, late]).map(({ change }) => change.id)).toEqual(['a', 'b']);
  });

  test('names deleting, restoring, merging and parting', () => {
    const steps = historyOf([
      known('a', { name: ['A', []] }),
      known('b', { [DELETED]: [true, ['a']] }),
      known('c', { [DELETED]: [false, ['a', 'b']] }),
      known('d', { [MERGED_INTO]: ['x', []] }),
      known('e', { [MERGED_INTO]: [null, ['d']] }),
    ]);
    expect(steps.map(({ step }) => step)).toEqual([
      'created',
      'deleted',
      'restored',
      'merged',
      'unmerged',
    ]);
    expect(steps.every(({ fields }) => fields.every(({ field }) => !field.startsWith('_')))).toBe(
      true,
    );
  });

  test('says so where a replaced change is not here', () => {
    const [step] = historyOf([known('b', { name: ['B', ['a']] })]);
    expect(step?.fields).toEqual([{ field: 'name', before: [], after: 'B', isPartial: true }]);
  });

  test('is the same in whatever order the changes are found, each once, bases first', () => {
    const chain = fc
      .array(fc.record({ base: fc.nat(), time: fc.nat({ max: 1e12 }) }), { maxLength: 20 })
      .map((links) =>
        links.map(({ base, time }, index) =>
          known(
            `c${index}`,
            { name: [index, index === 0 ? [] : [`c${base % index}`]] },
            { deviceTime: new Date(time).toISOString() },
          ),
        ),
      );
    fc.assert(
      fc.property(chain, fc.infiniteStream(fc.nat()), (changes, salts) => {
        const ids = (from: readonly KnownChange[]): string[] =>
          historyOf(from).map(({ change }) => change.id);
        const salted = changes.map((one) => ({ one, salt: salts.next().value as number }));
        const shuffled = salted.sort((a, b) => a.salt - b.salt).map(({ one }) => one);
        const order = ids(changes);
        expect(ids([...shuffled, ...changes])).toEqual(order);
        for (const { change } of changes) {
          for (const id of change.fields['name']?.base ?? []) {
            expect(order.indexOf(id)).toBeLessThan(order.indexOf(change.id));
          }
        }
      }),
    );
  });
});
