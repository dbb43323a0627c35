import { expect, test } from 'vitest';
import type { PlaceRow } from '#lib/client/state/views.ts';
import { dayOf } from '#lib/domain/dates/day.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import { monthsToShow, placesReached } from './months-rows.ts';

const SINCE = dayOf(2016, 1, 1);
const AS_OF = dayOf(2016, 6, 30);

function row(...dates: readonly string[]): PlaceRow {
  return {
    deliveries: dates.map((edtf, index) => {
      const date = parsePartialDate(edtf);
      if (!date.ok) throw new Error(edtf);
      return { stop: `stop ${index}`, convoy: `convoy ${index}`, date: date.value, sharedWith: [] };
    }),
  } as unknown as PlaceRow;
}

test('a place counts once, and for certain only where a delivery lies in the period whole', () => {
  const rows = [
    row('2016-02-03', '2016-03'),
    row('2015-12/2016-01'),
    row('2016-06/2016-07'),
    row('2015-11', '2016-07-01'),
    row(),
  ];
  expect(placesReached(rows, SINCE, AS_OF)).toEqual({ certain: 1, possible: 2 });
});

test('under a lens a delivery of an unknown kind is possible, never certain', () => {
  const [one] = [row('2016-02-03')];
  const unknown = {
    ...one!,
    deliveries: one!.deliveries.map((mark) => ({ ...mark, isPossible: true })),
  };
  expect(placesReached([one!], SINCE, AS_OF)).toEqual({ certain: 1, possible: 0 });
  expect(placesReached([unknown], SINCE, AS_OF)).toEqual({ certain: 0, possible: 1 });
});

test('two years, or a longer period whole, up to four', () => {
  expect(monthsToShow(SINCE, AS_OF)).toBe(24);
  expect(monthsToShow(dayOf(2013, 7, 1), AS_OF)).toBe(36);
  expect(monthsToShow(dayOf(2000, 1, 1), AS_OF)).toBe(48);
});
