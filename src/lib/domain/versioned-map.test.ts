import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedIds, VersionedMap } from './versioned-map.ts';

const changes = fc.array(
  fc.tuple(
    fc.constantFrom('a', 'b', 'c', 'toString', ...Array.from({ length: 30 }, (_, i) => `id${i}`)),
    fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
  ),
  { maxLength: 12 },
);

describe('a map of which versions share what they do not change', () => {
  test('every version holds what a plain map would, and earlier ones stay as they were', () => {
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 6 }), (steps) => {
        const plain = new Map<string, number>();
        let map: VersionedMap<number> = VersionedMap.empty;
        const kept: [VersionedMap<number>, Map<string, number>][] = [];
        for (const step of steps) {
          map = map.withChanges(step);
          for (const [id, value] of step) {
            if (value === undefined) plain.delete(id);
            else plain.set(id, value);
          }
          kept.push([map, new Map(plain)]);
        }
        for (const [version, expected] of kept) {
          expect(new Map(version)).toEqual(expected);
          expect([...version.keys()].sort()).toEqual([...expected.keys()].sort());
          expect(version.size).toBe(expected.size);
          const seen = new Map<string, number>();
          version.forEach((value, id) => seen.set(id, value));
          expect(seen).toEqual(expected);
          for (const id of ['a', 'toString', 'nobody']) {
            expect([version.get(id), version.has(id)]).toEqual([
              expected.get(id),
              expected.has(id),
            ]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('what differs between two versions is what differs between two plain maps', () => {
    fc.assert(
      fc.property(changes, changes, (first, second) => {
        const before = (VersionedMap.empty as VersionedMap<number>).withChanges(first);
        const after = before.withChanges(second);
        const found = [...changedIds(before, after)].sort();
        expect(found).toEqual([...changedIds(new Map(before), new Map(after))].sort());
        expect(found).toEqual([...changedIds(before, new Map(after))].sort());
        const ids = new Set([...before.keys(), ...after.keys()]);
        expect(found).toEqual([...ids].filter((id) => before.get(id) !== after.get(id)).sort());
      }),
      { numRuns: 300 },
    );
  });

  test('changes that change nothing make no new version', () => {
    const map = (VersionedMap.empty as VersionedMap<number>).withChanges([['a', 1]]);
    expect(map.withChanges([['a', 1]])).toBe(map);
    expect(map.withChanges([['b', undefined]])).toBe(map);
  });
});
