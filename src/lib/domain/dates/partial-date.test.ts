import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBefore } from './between.ts';
import { dayOf, dayToIso } from './day.ts';
import { anyPartialDate, partialDate } from '../../../../tests/support/arbitrary-dates.ts';
import {
  comparePartialDates,
  cutAt,
  parsePartialDate,
  withApproximate,
  withoutApproximate,
} from './partial-date.ts';

const spanOf = (text: string): string[] => {
  const { earliest, latest } = partialDate(text);
  return [dayToIso(earliest), dayToIso(latest)];
};

describe('a partial date stands for a range of days', () => {
  test.each([
    ['2016-06-29', ['2016-06-29', '2016-06-29'], 'day'],
    ['2012-11', ['2012-11-01', '2012-11-30'], 'month'],
    ['2012', ['2012-01-01', '2012-12-31'], 'year'],
    ['2014-07-14/2014-07-17', ['2014-07-14', '2014-07-17'], 'interval'],
    ['2015-07/2015-08', ['2015-07-01', '2015-08-31'], 'interval'],
    ['2012/2016-03-02', ['2012-01-01', '2016-03-02'], 'interval'],
    ['2016-06-20/2016-06', ['2016-06-20', '2016-06-30'], 'interval'],
  ])('%s', (text, span, precision) => {
    expect(spanOf(text)).toEqual(span);
    expect(partialDate(text)).toMatchObject({ edtf: text, precision, approximate: false });
  });

  test('a trailing ~ widens nothing and travels along', () => {
    expect(spanOf('2016-06-22~')).toEqual(['2016-06-22', '2016-06-22']);
    expect(partialDate('2016-06-22~')).toMatchObject({ edtf: '2016-06-22~', approximate: true });
    expect(withoutApproximate(partialDate('2016-06-22~'))).toEqual(partialDate('2016-06-22'));
    expect(withApproximate(partialDate('2016-06-22'))).toEqual(partialDate('2016-06-22~'));
  });

  test('what is written is kept, but for spaces around and an interval of one value', () => {
    expect(partialDate('  2012-11 ').edtf).toBe('2012-11');
    expect(partialDate('2012-11/2012-11').edtf).toBe('2012-11');
    expect(partialDate('2016-06-29~/2016-06-29~').edtf).toBe('2016-06-29~');
    expect(partialDate('2016-06~/2016-07').edtf).toBe('2016-06/2016-07~');
    expect(partialDate('2012-11-01/2012-11-30').edtf).toBe('2012-11-01/2012-11-30');
  });

  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['31/02/2016', 'not_edtf'],
    ['29 June 2016', 'not_edtf'],
    ['2016-6-29', 'not_edtf'],
    ['2016-02-30', 'no_such_day'],
    ['2015-02-29', 'no_such_day'],
    ['2016-13', 'no_such_month'],
    ['2016-00', 'no_such_month'],
    ['2016-06-00', 'no_such_day'],
    ['0000', 'year_out_of_range'],
    ['10000', 'not_edtf'],
    ['-0044', 'not_edtf'],
    ['2016-06-29/2016-06-28', 'reversed_interval'],
    ['2016-06/2016-05-15', 'reversed_interval'],
    ['2016/..', 'open_interval'],
    ['/2016', 'open_interval'],
    ['2016/', 'open_interval'],
    ['201X', 'unsupported_edtf'],
    ['2016-06?', 'unsupported_edtf'],
    ['2016-21', 'unsupported_edtf'],
    ['[2016,2017]', 'unsupported_edtf'],
    ['2016-06-29T10:00', 'unsupported_edtf'],
  ])('%j is refused as %s', (text, type) => {
    expect(parsePartialDate(text)).toEqual({ ok: false, error: { type, text } });
  });

  test('any text at all gives a date or a reason, never an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d~/XT.-]{0,24}$/)), (text) => {
        const read = parsePartialDate(text);
        if (!read.ok) {
          expect(read.error.text).toBe(text);
          return;
        }
        const { edtf, earliest, latest, approximate } = read.value;
        expect(earliest).toBeLessThanOrEqual(latest);
        expect(edtf.endsWith('~')).toBe(approximate);
      }),
    );
  });

  test('reading what was written gives the same date', () => {
    fc.assert(
      fc.property(anyPartialDate, (date) => {
        expect(parsePartialDate(date.edtf)).toEqual({ ok: true, value: date });
        expect(withoutApproximate(withApproximate(date))).toEqual(withoutApproximate(date));
      }),
    );
  });
});

describe('order', () => {
  test('dates sort the same everywhere', () => {
    fc.assert(
      fc.property(anyPartialDate, anyPartialDate, anyPartialDate, (a, b, c) => {
        expect(Math.sign(comparePartialDates(a, b))).toBe(
          -Math.sign(comparePartialDates(b, a)) + 0,
        );
        expect(comparePartialDates(a, b) === 0).toBe(a.edtf === b.edtf);
        if (comparePartialDates(a, b) < 0 && comparePartialDates(b, c) < 0) {
          expect(comparePartialDates(a, c)).toBeLessThan(0);
        }
        if (isBefore(a, b)) expect(comparePartialDates(a, b)).toBeLessThan(0);
      }),
    );
  });
});

describe('as-of date', () => {
  const asOf = dayOf(2016, 6, 29);

  test('nothing after it counts', () => {
    expect(cutAt(partialDate('2016-06-30'), asOf)).toBeNull();
    expect(cutAt(partialDate('2016-07'), asOf)).toBeNull();
  });

  test('a range that straddles it is cut there, and keeps what was written', () => {
    const cut = cutAt(partialDate('2016-06'), asOf);
    expect(cut).toMatchObject({ earliest: dayOf(2016, 6, 1), latest: asOf, straddles: true });
    expect(cut?.date.edtf).toBe('2016-06');
    expect(cutAt(partialDate('2016-06-29'), asOf)).toMatchObject({ straddles: false });
  });
});
