import { expect, test } from 'vitest';
import type { ItemLine } from '#lib/domain/records/dataset.ts';
import { itemsByName } from './items-by-name.ts';

const line = (id: string, item: string, stage?: ItemLine['stage'], unit = 'kits'): ItemLine => ({
  id,
  item,
  convoy: 'k',
  quantity: { q: '=', n: 5 },
  unit,
  ...(stage ? { stage } : {}),
});
const compare = (a: string, b: string): number => a.localeCompare(b, 'en');

test('what was loaded of an item stands before what was removed of it, in any spelling and unit', () => {
  const items = itemsByName(
    [
      line('d', 'Surgical kits', 'removed'),
      line('a', 'surgical  Kits', 'loaded', 'boxes'),
      line('b', 'Flour'),
      line('c', 'Flour', 'delivered'),
    ],
    compare,
  );
  expect(items.map(({ name }) => name)).toEqual(['Flour', 'surgical  Kits']);
  expect(items.map(({ lines }) => lines.map(({ id }) => id))).toEqual([
    ['c', 'b'],
    ['a', 'd'],
  ]);
});

test('signs alone are no name, and not the same', () => {
  expect(itemsByName([line('a', '%'), line('b', '§')], compare)).toHaveLength(2);
});
