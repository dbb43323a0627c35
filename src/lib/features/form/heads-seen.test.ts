import { expect, test } from 'vitest';
import { keptHeads, overSeen } from './heads-seen.ts';

const seen = { r: { name: ['a', 'b'] } };

test('an edit of a record that the form opened is over what stood there; of another, over all', () => {
  const edits = [
    { kind: 'locality', id: 'r', values: { name: 'x' } },
    { kind: 'locality', id: 'toString', values: { name: 'y' } },
  ] as const;
  expect(overSeen(edits, seen)).toEqual([{ ...edits[0], seen: seen.r }, edits[1]]);
});

test('what was kept is read back; what no version of it wrote is not', () => {
  expect(keptHeads(JSON.parse(JSON.stringify(seen)))).toEqual(seen);
  for (const odd of [
    undefined,
    null,
    'x',
    [],
    { r: null },
    { r: { name: 'a' } },
    { r: { n: [1] } },
  ])
    expect(keptHeads(odd)).toBeNull();
});
