import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convoysLike } from '#lib/client/state/convoy-details.ts';
import { ConvoyRows } from '#lib/client/state/convoy-rows.ts';
import { buildAccess } from '#lib/domain/access/access-records.ts';
import { dayFromIso } from '#lib/domain/dates/day.ts';
import { datasetOf } from '../../../../tests/support/fixture-dataset.ts';
import { isConvoyNear } from './near-convoy.ts';

const asOf = dayFromIso('2016-12-31');
if (!asOf.ok) throw new Error('a day');

const place = fc.constantFrom('zamalka', 'arbin', 'duma');
const date = fc.oneof(
  fc.integer({ min: 10, max: 30 }).map((day) => `2016-06-${day}`),
  fc.constantFrom('2016-06', '2016', '2016-06-12/2016-06-15', '2016-06-20~', ''),
);
const report = fc.record({ date, localities: fc.uniqueArray(place, { maxLength: 3 }) });

const accessOf = (reports: readonly { date: string; localities: readonly string[] }[]) =>
  buildAccess(
    datasetOf({
      zamalka: ['locality', { name: 'Zamalka' }],
      arbin: ['locality', { name: 'Arbin' }],
      duma: ['locality', { name: 'Duma' }],
      seen: ['source', { kind: 'seen' }],
      ...Object.fromEntries(
        reports.flatMap(({ date, localities }, at) => [
          [`c${at}`, ['convoy', {}] as const],
          [
            `r${at}`,
            [
              'report',
              { convoy: `c${at}`, source: 'seen', localities, ...(date === '' ? {} : { date }) },
            ] as const,
          ],
        ]),
      ),
    }),
  );

const isNear = (
  access: ReturnType<typeof accessOf>,
  typed: { date: string; localities: readonly string[] },
): boolean => {
  const rows = new ConvoyRows(() => false).of(access);
  const places = typed.localities.map((id) => ({ id, name: id, isNew: false }));
  return isConvoyNear(rows, { date: typed.date, places });
};

test('indicator 12: whenever the rule offers a convoy, one is near', () => {
  let offered = 0;
  fc.assert(
    fc.property(fc.array(report, { maxLength: 4 }), report, (reports, typed) => {
      const access = accessOf(reports);
      const like = typed.date === '' ? [] : convoysLike(access, typed, asOf.value);
      offered += like.length;
      expect(like.length === 0 || isNear(access, typed)).toBe(true);
    }),
  );
  expect(offered).toBeGreaterThan(0);
});

test('a convoy of another month, or of other places, is not near', () => {
  const access = accessOf([{ date: '2016-06-29', localities: ['zamalka'] }]);
  expect(isNear(access, { date: '2016-06-30', localities: ['zamalka', 'duma'] })).toBe(true);
  expect(isNear(access, { date: '2016-07-29', localities: ['zamalka'] })).toBe(false);
  expect(isNear(access, { date: '2016-06-29', localities: ['duma'] })).toBe(false);
  expect(isNear(access, { date: '', localities: ['zamalka'] })).toBe(false);
});
