import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { largestDisjointTotal, type WeightedSet } from './disjoint-sets.ts';

const set = (localities: string, weight: number): WeightedSet => ({
  localities: localities.split(''),
  weight,
});

/** Every subset of the sets, one after the other. */
function slowTotal(sets: readonly WeightedSet[]): number {
  let best = 0;
  for (let choice = 0; choice < 2 ** sets.length; choice++) {
    const chosen = sets.filter((_, i) => choice & (1 << i));
    const places = chosen.flatMap((one) => [...new Set(one.localities)]);
    if (new Set(places).size !== places.length) continue;
    best = Math.max(
      best,
      chosen.reduce((sum, { weight }) => sum + weight, 0),
    );
  }
  return best;
}

describe('indicator 4: the largest total over pairwise disjoint sets', () => {
  test('a place that got several deliveries counts once, by the largest', () => {
    expect(largestDisjointTotal([set('a', 40), set('a', 30), set('b', 5)]).total).toEqual([45, 45]);
  });

  test('two towns alone can weigh more than their joint figure, and the other way round', () => {
    expect(largestDisjointTotal([set('ab', 50), set('a', 30), set('b', 30)]).total[0]).toBe(60);
    expect(largestDisjointTotal([set('ab', 70), set('a', 30), set('b', 30)]).total[0]).toBe(70);
  });

  test('of equal totals the one of most sets counts, then of the sets given first', () => {
    const chosen = (...sets: WeightedSet[]) => largestDisjointTotal(sets).chosen;
    expect(chosen(set('ab', 60), set('a', 30), set('b', 30))).toEqual([1, 2]);
    expect(chosen(set('ab', 60), set('bc', 60), set('ac', 60))).toEqual([0]);
    expect(chosen(set('a', 60), set('a', 60))).toEqual([0]);
  });

  test('is the one found by trying everything', () => {
    const sets = fc.array(
      fc.record({
        localities: fc.uniqueArray(fc.constantFrom(...'abcdefg'), { minLength: 1, maxLength: 4 }),
        weight: fc.integer({ min: 0, max: 100 }),
      }),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(sets, (given) => {
        const { total, chosen, isBounded } = largestDisjointTotal(given);
        expect(total).toEqual([slowTotal(given), slowTotal(given)]);
        expect(isBounded).toBe(false);
        expect(chosen.reduce((sum, i) => sum + given[i]!.weight, 0)).toBe(total[0]);
      }),
      { numRuns: 400 },
    );
  });

  test('of more sets than can be tried, bounds that hold', () => {
    // A chain: each set shares one place with the next, so every other one fits.
    const chain = Array.from({ length: 31 }, (_, i) => ({
      localities: [`p${i}`, `p${i + 1}`],
      weight: 10,
    }));
    const { total, isBounded } = largestDisjointTotal(chain);
    expect(isBounded).toBe(true);
    expect(total[0]).toBeLessThanOrEqual(160);
    expect(total[1]).toBeGreaterThanOrEqual(160);
  });

  /** The largest total by the localities that are taken already: another way than by sets. */
  function totalByPlaces(sets: readonly WeightedSet[], places: string): number {
    const best = new Array<number>(2 ** places.length).fill(0);
    for (const { localities, weight } of sets) {
      const own = localities.reduce((mask, one) => mask | (1 << places.indexOf(one)), 0);
      // Each set is taken at most once: together with it only sets that came before.
      for (let taken = best.length - 1; taken >= 0; taken--) {
        if ((taken & own) === own) {
          best[taken] = Math.max(best[taken]!, best[taken ^ own]! + weight);
        }
      }
    }
    return Math.max(...best);
  }

  test('is exact up to 20 sets that hang together, and the bounds hold beyond', () => {
    const places = 'abcdefghijkl';
    const sets = fc.array(
      fc.record({
        localities: fc.uniqueArray(fc.constantFrom(...places), { minLength: 1, maxLength: 4 }),
        weight: fc.integer({ min: 0, max: 100 }),
      }),
      { minLength: 10, maxLength: 60 },
    );
    let bounded = 0;
    fc.assert(
      fc.property(sets, (given) => {
        const { total, chosen, isBounded } = largestDisjointTotal(given);
        const largest = totalByPlaces(given, places);
        if (isBounded) bounded += 1;
        else expect(total).toEqual([largest, largest]);
        expect(total[0]).toBeLessThanOrEqual(largest);
        expect(total[1]).toBeGreaterThanOrEqual(largest);
        const taken = chosen.flatMap((i) => given[i]!.localities);
        expect(new Set(taken).size).toBe(taken.length);
      }),
      { numRuns: 1_000 },
    );
    expect(bounded).toBeGreaterThan(0);
  });

  test('thirds of people add up to whole ones in a bound', () => {
    const given = Array.from({ length: 22 }, (_, i) => ({
      localities: [`p${i}`, `p${i + 1}`, 'all'],
      weight: 10,
    }));
    const { total, isBounded } = largestDisjointTotal(given);
    expect(isBounded).toBe(true);
    expect(total[0]).toBe(10);
    expect(total[1]).toBeGreaterThanOrEqual(10);
  });
});
