import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildAccess } from '#lib/domain/access/access-records.ts';
import { historyStep, recordsAfter } from '#lib/domain/access/histories.arbitrary.ts';
import { ConvoyRows } from './convoy-rows.ts';

test('the list of convoys after any changes is the list made anew, the newest first', () => {
  fc.assert(
    fc.property(fc.array(historyStep, { maxLength: 40 }), (steps) => {
      const rows = new ConvoyRows((record) => record === 'c1');
      for (let count = 0; count <= steps.length; count += 5) {
        const access = buildAccess(recordsAfter(steps.slice(0, count)));
        const found = rows.of(access);
        expect(found).toEqual(new ConvoyRows((record) => record === 'c1').of(access));
        expect(found).toHaveLength(access.convoys.size);
        const days = found.map(({ date }) => date?.latest ?? Infinity);
        expect(days).toEqual([...days].sort((a, b) => (a === b ? 0 : b - a)));
        for (const { id, isUnsent } of found) if (id === 'c1') expect(isUnsent).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});
