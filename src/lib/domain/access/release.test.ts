import { describe, expect, test } from 'vitest';
import { dayOf } from '../dates/day.ts';
import { datasetOf } from '../../../../tests/support/fixture-dataset.ts';
import { buildAccess, NO_RECORDS } from './access-records.ts';
import { everything, handedOn, OF_MOVEMENTS, release } from './release.ts';
import { convoysUnderWay } from './under-way.ts';

const TODAY = dayOf(2016, 6, 30);
const WHEN = { asOf: TODAY, today: TODAY };
const convoy = (status: string, date: string, localities: readonly string[]) =>
  buildAccess(
    datasetOf({
      arbin: ['locality', { name: 'Arbin' }],
      c: ['convoy', { name: 'c', status, date }],
      s: ['stop', { convoy: 'c', localities, outcome: status, arrivedOn: date }],
    }),
  );
const released = (basis: typeof OF_MOVEMENTS): string => {
  const result = release({ basis });
  return result.ok ? 'released' : result.error.because;
};

describe('what may leave the device', () => {
  test('all records only while no convoy with a place is under way', () => {
    expect(released(everything(NO_RECORDS, WHEN).basis)).toBe('released');
    expect(released(everything(convoy('delivered', '2016-05-01', ['arbin']), WHEN).basis)).toBe(
      'released',
    );
    for (const status of ['planned', 'departed', 'arrived'])
      expect(released(everything(convoy(status, '2016-06-30', ['arbin']), WHEN).basis)).toBe(
        'under_way',
      );
    expect(released(everything(convoy('delivered', '2016-06-30', ['arbin']), WHEN).basis)).toBe(
      'under_way',
    );
  });

  test('records without those under way always, and what is under way is in none of them', () => {
    const { records, basis } = handedOn(convoy('departed', '2016-06-30', ['arbin']), WHEN);
    expect(released(basis)).toBe('released');
    expect(records.convoys.size).toBe(0);
  });

  test('one that never came to an end stays for ever, as it does on the server, until it is given one', () => {
    for (const status of ['planned', 'departed']) {
      const old = convoy(status, '2014-05-26', ['arbin']);
      expect(released(everything(old, WHEN).basis)).toBe('under_way');
      expect(handedOn(old, WHEN).records.convoys.size).toBe(0);
    }
    const ended = convoy('not_deployed', '2014-05-26', ['arbin']);
    expect(released(everything(ended, WHEN).basis)).toBe('released');
  });

  test('what is held back names the convoys that hold it, each with what would let it go', () => {
    const access = buildAccess(
      datasetOf({
        arbin: ['locality', { name: 'Arbin' }],
        ...Object.fromEntries(
          [
            ['planned', 'planned', '2014-05-26'],
            ['fresh', 'delivered', '2016-06-30'],
            ['away', 'delivered', '2016-05-01'],
            ['over', 'delivered', '2016-05-01'],
          ].map(([id, status, date]) => [id, ['convoy', { name: id, status, date }]]),
        ),
        ...Object.fromEntries(
          ['planned', 'fresh', 'away', 'over'].map((id) => [
            `stop of ${id}`,
            ['stop', { convoy: id, localities: ['arbin'] }],
          ]),
        ),
        said: ['movement', { convoy: 'away', onTheRoad: true }],
        undrawn: ['convoy', { name: 'undrawn', status: 'planned' }],
      } as Parameters<typeof datasetOf>[0]),
    );
    const why = { planned: 'no_end', fresh: 'just_ended', away: 'on_the_road', undrawn: 'no_end' };
    expect(Object.fromEntries(convoysUnderWay(access, WHEN))).toEqual(why);
    expect(release(everything(access, WHEN))).toEqual({
      ok: false,
      error: { type: 'withheld', because: 'under_way', heldBy: expect.any(Array) as unknown },
    });
    expect(new Set(everything(access, WHEN).basis.heldBy)).toEqual(
      new Set(['planned', 'fresh', 'away']),
    );
  });

  test('of what is public already, nothing is kept back', () => {
    const old = convoy('departed', '2016-06-30', ['arbin']);
    expect(released(everything(old, { ...WHEN, isPublic: true }).basis)).toBe('released');
  });

  test('what is made of plans never', () => {
    expect(released(OF_MOVEMENTS)).toBe('movements');
  });
});
