import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MODALITIES } from '#lib/domain/records/vocabularies.ts';
import { readDegrees, readWord } from './cells.ts';
import { type DateOrder, readDate } from './dates.ts';

const date = (text: string, order?: DateOrder): string => {
  const read = readDate(text, order);
  return read.ok ? read.value.edtf : `(${read.error})`;
};

describe('dates of files', () => {
  it.each([
    ['2016-06-29', '2016-06-29'],
    ['2012-11', '2012-11'],
    ['2012', '2012'],
    ['2014-07-14/2014-07-17', '2014-07-14/2014-07-17'],
    ['2016-06-22~', '2016-06-22~'],
    ['2016-06-29T00:00:00', '2016-06-29'],
    ['2016/06/29', '2016-06-29'],
    ['29/06/2016', '2016-06-29'],
    ['06/29/2016', '2016-06-29'],
    ['29.6.2016', '2016-06-29'],
    ['05/05/2016', '2016-05-05'],
    ['11/2012', '2012-11'],
    ['42550', '2016-06-29'],
    ['29 June 2016', '2016-06-29'],
    ['29-Jun-2016', '2016-06-29'],
    ['June 29, 2016', '2016-06-29'],
    ['Nov 2012', '2012-11'],
    ['1er juin 2016', '2016-06-01'],
    ['17 février 2016', '2016-02-17'],
    ['août 2015', '2015-08'],
    ['٢٩ حزيران ٢٠١٦', '2016-06-29'],
    ['۲۰۱۶-۰۶-۲۹', '2016-06-29'],
    ['29 يونيو 2016', '2016-06-29'],
    ['تشرين الثاني 2012', '2012-11'],
    ['كانون الأول ٢٠١٥', '2015-12'],
    ['٢٩/٠٦/٢٠١٦', '2016-06-29'],
  ])('reads %s', (text, expected) => {
    expect(date(text)).toBe(expected);
  });

  it.each([
    ['31/02/2016', '(no_such_day)'],
    ['2016-02-30', '(no_such_day)'],
    ['13/13/2016', '(no_such_month)'],
    ['03/04/2016', '(ambiguous_date)'],
    ['29/06/16', '(not_a_date)'],
    ['some day', '(not_a_date)'],
    ['2016-06-29 14:30', '(unsupported_edtf)'],
    ['2016-07-01/2016-06-01', '(reversed_interval)'],
  ])('refuses %s with the reason', (text, expected) => {
    expect(date(text)).toBe(expected);
  });

  it('reads a date that could be two only in the order that is stated', () => {
    expect(date('03/04/2016', 'dmy')).toBe('2016-04-03');
    expect(date('03/04/2016', 'mdy')).toBe('2016-03-04');
    expect(date('31/02/2016', 'mdy')).toBe('(no_such_month)');
  });

  it('never throws, and reads again what it read', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 24 }), (text) => {
        const read = readDate(text);
        if (read.ok) expect(date(read.value.edtf)).toBe(read.value.edtf);
      }),
    );
  });
});

describe('words and degrees', () => {
  it('takes words of a closed list in any case, with what stands behind them', () => {
    expect(readWord(MODALITIES, 'Cross-line')).toEqual({ ok: true, value: 'cross_line' });
    expect(readWord(MODALITIES, 'cross-line inter-agency convoy')).toMatchObject({
      value: 'cross_line',
    });
    expect(readWord(MODALITIES, 'crossline')).toEqual({ ok: false, error: 'unknown_value' });
  });

  it('takes decimal degrees within the globe', () => {
    expect(readDegrees('33.538906', 90)).toEqual({ ok: true, value: 33.538906 });
    expect(readDegrees('95', 90)).toEqual({ ok: false, error: 'out_of_range' });
    expect(readDegrees('1e1', 90)).toEqual({ ok: false, error: 'not_a_number' });
  });
});
