import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anyPartialDate,
  closeDay,
  partialDate,
} from '../../../../tests/support/arbitrary-dates.ts';
import {
  datasetOf,
  fixtureDataset,
  type WrittenRecord,
} from '../../../../tests/support/fixture-dataset.ts';
import { dayOf } from '../dates/day.ts';
import { buildAccess } from './access-records.ts';
import { computeCoverage } from './coverage.ts';
import { coverageReport } from './reports.ts';

const options = { status: 'besieged', classifier: 'UN' } as const;

describe('indicator 3', () => {
  test('since 1 January 2016, as of 30 June: 15 of the 17 places that the UN rows call besieged', () => {
    const records = fixtureDataset('localities.csv', 'convoy_reports.csv', 'siege_population.csv');
    const window = { since: dayOf(2016, 1, 1), asOf: dayOf(2016, 6, 30) };
    const coverage = computeCoverage(buildAccess(records), { ...options, ...window });
    expect(coverageReport(coverage, records)).toMatchObject({
      status: 'besieged',
      classifier: 'UN',
      since: '2016-01-01',
      asOf: '2016-06-30',
      certain: 15,
      possible: 0,
      total: 17,
      without: ['Jisrein', 'Zebdin'],
      lens: null,
      possiblePlaces: [],
      statusUnclear: [],
    });
  });

  const besieged = (...dates: readonly string[]) => {
    const records: Record<string, WrittenRecord> = {
      a: ['locality', { name: 'A' }],
      u: ['accessStatus', { locality: 'a', from: '2010', classifier: 'un', status: 'besieged' }],
    };
    dates.forEach((date, i) => {
      records[`c${i}`] = ['convoy', { date, status: 'delivered' }];
      records[`s${i}`] = ['stop', { convoy: `c${i}`, localities: ['a'] }];
    });
    return buildAccess(datasetOf(records));
  };

  test('certain when one whole range lies inside, possible else', () => {
    const window = { ...options, since: dayOf(2016, 1, 1), asOf: dayOf(2016, 6, 30) };
    const kindOf = (...dates: readonly string[]): string => {
      const { certain, possible } = computeCoverage(besieged(...dates), window);
      return certain.length > 0 ? 'certain' : possible.length > 0 ? 'possible' : 'without';
    };
    expect(kindOf('2016-02')).toBe('certain');
    expect(kindOf('2015-12-31')).toBe('without');
    expect(kindOf('2015-12/2016-01')).toBe('possible');
    expect(kindOf('2016')).toBe('possible');
    expect(kindOf('2016-02-01~')).toBe('possible');
    expect(kindOf('2016', '2016-02')).toBe('certain');
    expect(kindOf()).toBe('without');
  });

  test('a delivery without a date is possible: its place is not named as one without', () => {
    const records = datasetOf({
      a: ['locality', { name: 'A' }],
      u: ['accessStatus', { locality: 'a', from: '2010', classifier: 'UN', status: 'besieged' }],
      c: ['convoy', { status: 'delivered' }],
      s: ['stop', { convoy: 'c', localities: ['a'] }],
    });
    const window = { ...options, since: dayOf(2016, 1, 1), asOf: dayOf(2016, 6, 30) };
    const coverage = computeCoverage(buildAccess(records), window);
    expect(coverage).toMatchObject({ certain: [], without: [], total: 1 });
    expect(coverage.possible).toEqual([{ locality: 'a', stops: ['s'] }]);
  });

  test('a locality that may have the status is in no number, and named', () => {
    const records = datasetOf({
      a: ['locality', { name: 'A' }],
      u: ['accessStatus', { locality: 'a', from: '2016', classifier: 'UN', status: 'besieged' }],
    });
    const window = { ...options, since: dayOf(2016, 1, 1), asOf: dayOf(2016, 6, 30) };
    expect(computeCoverage(buildAccess(records), window)).toMatchObject({
      total: 0,
      statusUnclear: ['a'],
    });
  });

  test('agrees with asking every day of every delivery', () => {
    const dates = fc.array(anyPartialDate, { maxLength: 4 });
    fc.assert(
      fc.property(dates, closeDay, closeDay, (given, one, other) => {
        const [since, asOf] = one < other ? [one, other] : [other, one];
        const access = besieged(...given.map((date) => date.edtf));
        const coverage = computeCoverage(access, { ...options, since, asOf });
        const inside = (day: number): boolean => day >= since && day <= asOf;
        const spans = given.map((date) => {
          const { earliest, latest, approximate } = partialDate(date.edtf);
          const days = Array.from({ length: latest - earliest + 1 }, (_, i) => earliest + i);
          return { all: days.every(inside) && !approximate, some: days.some(inside) };
        });
        expect(coverage.certain.length).toBe(spans.some(({ all }) => all) ? 1 : 0);
        expect(coverage.without.length).toBe(spans.some(({ some }) => some) ? 0 : 1);
        expect(coverage.total).toBe(1);
      }),
    );
  });
});
