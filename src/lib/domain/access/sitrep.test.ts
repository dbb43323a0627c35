import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datasetOf, type WrittenRecord } from '../../../../tests/support/fixture-dataset.ts';
import { dayOf } from '../dates/day.ts';
import { buildAccess } from './access-records.ts';
import { isDeliveredStatus, isEnd } from './agreement.ts';
import { anyLens, historyDay, historySteps, recordsAfter } from './histories.arbitrary.ts';
import { computeSitrep, MOST_DAYS_UNNAMED, type SitrepOptions } from './sitrep.ts';

const LISTS = { classifier: 'UN', series: 'UN', status: 'besieged' } as const;
const OPTIONS: SitrepOptions = {
  ...LISTS,
  since: dayOf(2016, 6, 1),
  asOf: dayOf(2016, 6, 29),
  today: dayOf(2026, 1, 1),
};

const PLACES: Readonly<Record<string, WrittenRecord>> = {
  arbin: ['locality', { name: 'Arbin' }],
  zamalka: ['locality', { name: 'Zamalka' }],
};

describe('a situation report', () => {
  const convoy = (status: string, date: string): WrittenRecord => ['convoy', { status, date }];
  const stop = (of: string, more: Record<string, unknown> = {}): WrittenRecord => [
    'stop',
    { convoy: of, localities: ['arbin'], ...more },
  ];

  test('counts a convoy by the day of its delivery, not of its departure', () => {
    const records = buildAccess(
      datasetOf({
        ...PLACES,
        early: convoy('delivered', '2016-05-31'),
        earlyStop: stop('early', { arrivedOn: '2016-06-01' }),
        late: convoy('delivered', '2016-06-29'),
        lateStop: stop('late', { arrivedOn: '2016-06-30' }),
      }),
    );
    const { deliveries, localities } = computeSitrep(records, OPTIONS);
    expect(deliveries.map(({ convoy: { id }, date }) => [id, date.edtf])).toEqual([
      ['early', '2016-06-01'],
    ]);
    expect(localities).toEqual(['arbin']);
  });

  test('a delivery among refused stops is a delivery, and no refusal', () => {
    const records = buildAccess(
      datasetOf({
        ...PLACES,
        mixed: convoy('partially_delivered', '2016-06-10'),
        one: stop('mixed', { outcome: 'delivered' }),
        two: stop('mixed', { outcome: 'denied', localities: ['zamalka'] }),
        refused: convoy('denied', '2016-06-11'),
        refusedStop: stop('refused'),
      }),
    );
    const { deliveries, refusals, localities } = computeSitrep(records, OPTIONS);
    expect(deliveries.map(({ convoy: { id } }) => id)).toEqual(['mixed']);
    expect(refusals.map(({ convoy: { id } }) => id)).toEqual(['refused']);
    expect(localities).toEqual(['arbin']);
  });

  test('what came soon after the one before is counted, not named; the first is always named', () => {
    const records = buildAccess(
      datasetOf({
        ...PLACES,
        a: convoy('delivered', '2016-04-01'),
        aStop: stop('a'),
        b: convoy('delivered', '2016-06-02'),
        bStop: stop('b'),
        c: convoy('delivered', '2016-06-10'),
        cStop: stop('c', { localities: ['arbin', 'zamalka'] }),
      }),
    );
    const { firsts, shorterWaits } = computeSitrep(records, OPTIONS);
    expect(firsts.map(({ localities, since }) => [localities, since?.days ?? null])).toEqual([
      [['arbin'], [62, 62]],
      [['zamalka'], null],
    ]);
    expect(shorterWaits).toBe(1);
  });

  test('holds, of any history, the ended convoys of the period and nothing under way', () => {
    fc.assert(
      fc.property(historySteps(20), historyDay, historyDay, anyLens, (steps, a, b, lens) => {
        const [since, asOf] = a < b ? [a, b] : [b, a];
        const records = buildAccess(recordsAfter(steps));
        const found = computeSitrep(records, { ...OPTIONS, since, asOf, lens });
        const shown = [...found.deliveries, ...found.refusals];
        for (const { convoy: one, date } of shown) {
          expect(date.latest >= since && date.earliest <= asOf).toBe(true);
          const isUnderWay =
            (one.status === null || !isEnd(one.status)) &&
            (one.date === null || one.date.latest + 2 >= asOf);
          expect(isUnderWay).toBe(false);
        }
        expect(new Set(shown.map((one) => one.convoy.id)).size).toBe(shown.length);
        for (const { convoy: one } of found.refusals) {
          expect(one.stops.some(({ delivered }) => delivered)).toBe(false);
          expect(isDeliveredStatus(one.status)).toBe(false);
        }
        const surely = found.deliveries.filter(({ isPossible }) => !isPossible);
        const places = new Set(
          surely.flatMap((one) => one.convoy.stops.flatMap((at) => at.localities)),
        );
        for (const place of found.localities) expect(places.has(place)).toBe(true);
        for (const { since: before } of found.firsts) {
          expect(before === null || before.days[1] > MOST_DAYS_UNNAMED).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
