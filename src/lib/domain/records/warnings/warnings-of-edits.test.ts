import { describe, expect, test } from 'vitest';
import { datasetOf } from '../../../../../tests/support/fixture-dataset.ts';
import { dayOf } from '../../dates/day.ts';
import { contradictionsOfReports } from './report-contradictions.ts';
import { warningsOfEdits } from './warnings-of-edits.ts';

const today = dayOf(2016, 7, 1);
const dataset = datasetOf({
  o: ['operation', { name: 'O', country: 'SYR' }],
  a: ['locality', { name: 'A' }],
  b: ['locality', { name: 'B' }],
  src: ['source', { publisher: 'P' }],
  r: ['accessRequest', { period: '2016-06', submittedOn: '2016-05-20' }],
  m: ['requestLine', { request: 'r', locality: 'a' }],
  s: ['accessStatus', { locality: 'a', classifier: 'UN', status: 'besieged', from: '2016-05' }],
  t: [
    'accessStatus',
    { locality: 'b', classifier: 'UN', status: 'besieged', from: '2016-05', until: '2015' },
  ],
});
const codes = (...edits: Parameters<typeof warningsOfEdits>[0]): string[] =>
  warningsOfEdits(edits, dataset, today).map(({ code }) => code);

describe('what an edit would make records say against each other', () => {
  test('is asked about where it is new, and not where it stood before', () => {
    expect(codes({ kind: 'accessStatus', id: 's', values: { until: '2016-04' } })).toEqual([
      'status_until_before_from',
    ]);
    expect(codes({ kind: 'accessStatus', id: 't', values: { tier: 'very_severe' } })).toEqual([]);
    expect(codes({ kind: 'accessStatus', id: 't', values: { until: null } })).toEqual([]);
  });

  test('a report of a convoy that was turned back and reached people, or delivered nothing', () => {
    const report = (values: object) =>
      ({
        kind: 'report',
        id: 'new',
        values: { convoy: 'k', source: 'src', scope: 'convoy', ...values },
      }) as const;
    const reached = (n: number) => ({
      people: { q: '~', n, unit: 'people' },
      peopleKind: 'reached',
    });
    expect(codes(report({ status: 'denied', ...reached(500) }))).toEqual([
      'reached_without_delivery',
    ]);
    expect(codes(report({ status: 'denied' }))).toEqual([]);
    expect(codes(report({ status: 'delivered', ...reached(0) }))).toEqual(['delivered_nothing']);
    expect(codes(report({ status: 'delivered' }))).toEqual([]);
  });

  test('the log asks the same of a report without the rules of other records', () => {
    const places = { locality: 'a', name: 'A' };
    for (const status of ['delivered', 'partially_delivered', 'denied', 'aborted', 'attacked']) {
      for (const n of [0, 500]) {
        for (const peopleKind of ['reached', 'intended']) {
          for (const date of ['2016-06-01', '2016-06-20', '2016']) {
            const people = { q: '=', n, unit: 'people' };
            const values = { convoy: 'k', source: 'new', scope: 'convoy', status, date };
            const edits = [
              { kind: 'convoy', id: 'k', values: {} },
              { kind: 'locality', id: 'c', values: places },
              { kind: 'source', id: 'new', values: { publishedOn: '2016-06-10' } },
              { kind: 'report', id: 'new-report', values: { ...values, people, peopleKind } },
              { kind: 'movement', id: 'mv', values: { convoy: 'k', onTheRoad: false } },
            ] as const;
            const all = warningsOfEdits(edits, dataset);
            expect(contradictionsOfReports(edits, dataset)).toEqual(all);
          }
        }
      }
    }
    const twice = { kind: 'report', id: 'x', values: { status: 'denied' } } as const;
    expect(contradictionsOfReports([twice, twice], dataset)).toEqual([]);
  });

  test('families are nobody’s slip of typing, nor is what this device does not hold', () => {
    const people = { q: '=', n: 40, unit: 'families' };
    const values = { series: 'UN', localities: ['a', 'elsewhere'], people, asOf: '2016-05' };
    expect(codes({ kind: 'population', id: 'new', values })).toEqual([]);
  });

  test('a place that is asked for twice, whichever of the lines is the new one', () => {
    for (const id of ['c-earlier', 'z-later']) {
      const values = { request: 'r', locality: 'a' };
      expect(codes({ kind: 'requestLine', id, values })).toEqual(['request_line_twice']);
      const away = { kind: 'requestLine', id: 'm', values: { _deleted: true } } as const;
      expect(codes({ kind: 'requestLine', id, values }, away)).toEqual([]);
    }
  });
});
