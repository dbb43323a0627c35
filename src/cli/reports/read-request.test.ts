import { describe, expect, test } from 'vitest';
import { dayToIso } from '#lib/domain/dates/day.ts';
import { emptyDataset } from '#lib/domain/records/read-record.ts';
import { datasetOf } from '../../../tests/support/fixture-dataset.ts';
import { readRequest, withDefaults, type WrittenRequest } from './read-request.ts';
import { REPORTS } from './reports.ts';

function read(name: string, written: WrittenRequest) {
  const asked = readRequest(written, REPORTS[name]!, '2016-06-29');
  if (!asked.ok) throw new Error(asked.error);
  return asked.value;
}

describe('what a question leaves out', () => {
  test('is today, and the year or, of a situation report, the month up to it', () => {
    expect(dayToIso(read('reach', {}).asOf)).toBe('2016-06-29');
    expect(dayToIso(read('reach', {}).since)).toBe('2016-01-01');
    expect(dayToIso(read('sitrep', { 'as-of': '2016-02-17' }).since)).toBe('2016-02-01');
  });

  test('is the operation’s classifier and household size, and the UN’s list without one', () => {
    const asked = read('reach', {});
    const operation = datasetOf({
      o: ['operation', { name: 'O', defaultClassifier: 'OCHA', householdSize: 5 }],
    });
    expect(withDefaults(asked, operation)).toMatchObject({
      classifier: 'OCHA',
      series: 'OCHA',
      householdSize: 5,
      status: 'besieged',
    });
    expect(withDefaults(asked, emptyDataset())).toMatchObject({ classifier: 'UN', series: 'UN' });
  });

  test('is never what was said', () => {
    const asked = read('reach', { classifier: 'Siege Watch', series: 'OCHA', status: 'any' });
    expect(withDefaults(asked, emptyDataset())).toMatchObject({
      classifier: 'Siege Watch',
      series: 'OCHA',
      status: 'any',
    });
  });
});
