import { describe, expect, test } from 'vitest';
import { datasetOf, type WrittenRecord } from '../../../../tests/support/fixture-dataset.ts';
import { dayOf } from '../dates/day.ts';
import { buildAccess } from './access-records.ts';
import { computeItemsRemoved } from './items-removed.ts';

const asOf = dayOf(2016, 6, 29);
const CONVOYS: Readonly<Record<string, WrittenRecord>> = {
  k: ['convoy', { date: '2016-02-17', status: 'delivered' }],
  s: ['stop', { convoy: 'k', localities: ['a'], arrivedOn: '2016-02-18' }],
  m: ['convoy', { date: '2016-02-28/2016-03-02', status: 'denied' }],
  n: ['convoy', { date: '2016-07-02', status: 'delivered' }],
  o: ['convoy', { status: 'denied' }],
};
const removed = (...lines: object[]) =>
  computeItemsRemoved(
    buildAccess(
      datasetOf({
        ...CONVOYS,
        ...Object.fromEntries(
          lines.map((line, i) => [`i${i}`, ['itemLine', { stage: 'removed', ...line }] as const]),
        ),
      }),
    ),
    { asOf },
  );
const quantity = (n: number, q = '=') => ({ q, n });

describe('indicator 8', () => {
  test('by item, unit and month, whatever the letters and spaces of the name', () => {
    const { entries } = removed(
      { item: 'Surgical kits', unit: 'kit', quantity: quantity(10), convoy: 'k' },
      { item: ' surgical  KITS', unit: 'Kit', quantity: quantity(5), stop: 's' },
      { item: 'surgical kits', unit: 'box', quantity: quantity(2), convoy: 'k' },
      { item: 'surgical kits', quantity: quantity(3), convoy: 'k' },
      { item: 'أدوية', unit: 'kit', quantity: quantity(1), convoy: 'm' },
    );
    expect(entries.map((one) => [one.month, one.item, one.unit, one.quantity, one.from])).toEqual([
      ['2016-02', 'Surgical kits', 'box', [2, 2], ['i2']],
      ['2016-02', 'Surgical kits', 'kit', [15, 15], ['i0', 'i1']],
      ['2016-02', 'Surgical kits', null, [3, 3], ['i3']],
      ['2016-03', 'أدوية', 'kit', [1, 1], ['i4']],
    ]);
    expect(entries.at(-1)?.caveats).toEqual([{ type: 'possible_month', line: 'i4' }]);
  });

  test('a quantity that is not recorded is never zero', () => {
    const { entries } = removed(
      { item: 'insulin', unit: 'vial', convoy: 'k' },
      { item: 'insulin', unit: 'vial', convoy: 'k', quantity: quantity(80_000, '>') },
      { item: 'scissors', convoy: 'k' },
    );
    expect(entries).toMatchObject([
      {
        quantity: [80_000, 80_000],
        lines: 2,
        withoutQuantity: 1,
        caveats: [{ type: 'about_or_open_quantity', line: 'i1' }],
      },
      { quantity: null, lines: 1, withoutQuantity: 1 },
    ]);
  });

  test('what was loaded or delivered is not removed, and nothing after the as-of date counts', () => {
    const { entries } = removed(
      { item: 'flour', convoy: 'k', stage: 'loaded' },
      { item: 'flour', convoy: 'k', stage: 'delivered' },
      { item: 'flour', convoy: 'n' },
    );
    expect(entries).toEqual([]);
  });

  test('lines without a convoy or without a date are left out, and named', () => {
    const { leftOut } = removed({ item: 'flour', convoy: 'gone' }, { item: 'flour', convoy: 'o' });
    expect(leftOut).toEqual([
      { type: 'item_without_convoy', record: 'i0' },
      { type: 'no_date', record: 'i1' },
    ]);
  });
});
