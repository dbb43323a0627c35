import { expect, test } from 'vitest';
import { groupsOfEdits, problemIn } from './groups-of-edits.ts';

let count = 0;
const context = {
  operation: 'op',
  device: 'd',
  author: 'a',
  deviceTime: '2016-06-29T15:00:00.000Z',
  schema: 1,
  newId: () => `id${(count += 1)}`,
};

test('what is said of the road goes out before the convoy: it must never be released without it', () => {
  const groups = groupsOfEdits(
    new Map(),
    [
      { kind: 'convoy', id: 'c', values: { _created: true } },
      { kind: 'report', id: 'r', values: { convoy: 'c', source: 's', status: 'delivered' } },
      { kind: 'movement', id: 'm', values: { convoy: 'c', onTheRoad: true } },
    ],
    context,
  );
  expect(groups.map((group) => group.stream)).toEqual(['movements', 'log']);
});

test('a value that no envelope can hold is refused when it is saved', () => {
  const items = Array.from({ length: 500 }, () => 'x'.repeat(1_000));
  const values = { convoy: 'c', source: 's', items };
  expect(problemIn([{ kind: 'report', id: 'r', values }])).toEqual({
    type: 'invalid',
    record: 'r',
    field: 'items',
  });
});
