import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyPartialDate, closeDay } from '../../../../tests/support/arbitrary-dates.ts';
import { datasetOf } from '../../../../tests/support/fixture-dataset.ts';
import { type Day, dayOf, dayToIso } from '../dates/day.ts';
import { ACCESS_STATUSES } from '../records/vocabularies.ts';
import { classifiersOf, statusRegister } from './status-registers.ts';
import { isWaiting, statusBands, statusOn } from './statuses.ts';

const statement = (from: string, status: string, more: object = {}) =>
  ['accessStatus', { locality: 'a', classifier: 'UN', from, status, ...more }] as const;
const register = (...statements: ReturnType<typeof statement>[]) => {
  const dataset = datasetOf(Object.fromEntries(statements.map((one, i) => [`r${i}`, one])));
  return statusRegister(dataset, 'un').get('a');
};
const at = (statements: ReturnType<typeof register>, year: number, month: number, day: number) =>
  statusOn(statements, dayOf(year, month, day));

describe('the status of a locality', () => {
  test('holds until the same classifier says otherwise', () => {
    const statements = register(
      statement('2016-01-18', 'besieged'),
      statement('2016-05-01', 'siege_lifted'),
      statement('2016-02-01', 'accessible', { classifier: 'OCHA' }),
    );
    expect(at(statements, 2016, 1, 17).status).toBe('unknown');
    expect(at(statements, 2016, 1, 18).status).toBe('besieged');
    expect(at(statements, 2016, 4, 30).status).toBe('besieged');
    expect(at(statements, 2016, 5, 1)).toEqual({
      status: 'siege_lifted',
      possible: ['siege_lifted'],
      from: ['r1'],
    });
  });

  test('a start known as a range leaves both possible until its latest day', () => {
    const statements = register(
      statement('2016-01-18', 'besieged'),
      statement('2016-05', 'siege_lifted'),
    );
    expect(at(statements, 2016, 5, 10)).toMatchObject({
      status: 'unknown',
      possible: ['besieged', 'siege_lifted'],
    });
    expect(isWaiting(at(statements, 2016, 5, 10))).toBe(false);
    expect(at(statements, 2016, 5, 31).status).toBe('siege_lifted');
  });

  test('two possible statuses that both wait are a wait', () => {
    const statements = register(
      statement('2015-12', 'besieged'),
      statement('2016-05', 'hard_to_reach'),
    );
    expect(isWaiting(at(statements, 2016, 5, 10))).toBe(true);
    expect(isWaiting(at(statements, 2015, 12, 10))).toBe(false);
  });

  test('an end stands', () => {
    const statements = register(statement('2016-01-18', 'besieged', { until: '2016-03-01' }));
    expect(at(statements, 2016, 3, 1).status).toBe('besieged');
    expect(at(statements, 2016, 3, 2).status).toBe('unknown');
  });

  test('classifiers are compared without case', () => {
    const dataset = datasetOf({
      1: statement('2016', 'besieged'),
      2: statement('2016', 'besieged', { classifier: 'un' }),
      3: statement('2016', 'besieged', { classifier: 'Siege Watch' }),
    });
    expect(classifiersOf(dataset)).toEqual(['Siege Watch', 'UN']);
  });
});

describe('bands', () => {
  test('repeated statements of one status are one band', () => {
    const statements = register(
      statement('2016-01-18', 'besieged'),
      statement('2016-02-17', 'besieged'),
      statement('2016-05', 'siege_lifted'),
    );
    const bands = statusBands(statements, dayOf(2016, 6, 29));
    expect(bands.map(({ from, to, status }) => [from.edtf, dayToIso(to), status])).toEqual([
      ['2016-01-18', '2016-04-30', 'besieged'],
      ['2016-05', '2016-06-29', 'siege_lifted'],
    ]);
  });

  test('follow each other, end by the as-of date, and agree with the status of a day', () => {
    const statements = fc.array(fc.tuple(anyPartialDate, fc.constantFrom(...ACCESS_STATUSES)), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(statements, closeDay, (given, asOf: Day) => {
        const known = register(...given.map(([from, status]) => statement(from.edtf, status)));
        const bands = statusBands(known, asOf);
        bands.forEach((band, i) => {
          expect(band.to).toBeLessThanOrEqual(asOf);
          const next = bands[i + 1];
          if (next) expect(band.to).toBeLessThan(next.from.earliest);
        });
        const { status, possible } = statusOn(known, asOf);
        expect(possible.length === 1 ? status : 'unknown').toBe(status);
      }),
    );
  });
});
