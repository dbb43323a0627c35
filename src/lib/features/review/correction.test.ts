import { describe, expect, test } from 'vitest';
import { historyOf } from '#lib/changes/history.ts';
import {
  correctedEdits,
  fieldsToCorrect,
  isUntouchedCorrection,
  keptCorrection,
} from './correction.ts';

const entries = historyOf([
  {
    group: 'g',
    device: 'd',
    change: {
      id: 'c1',
      operation: 'o',
      kind: 'report',
      record: 'r1',
      fields: {
        date: { value: '2016-06-29', base: [] },
        claim: { value: 'first in years', base: [] },
        trucks: { value: { q: '=', n: 38 }, base: [] },
      },
      deviceTime: '2016-06-29T12:00:00.000Z',
      author: 'm',
      schema: 1,
    },
  },
]);
const rowsOf = (texts: Record<string, string>) =>
  fieldsToCorrect(entries).map((row) => ({ ...row, text: texts[row.field] ?? row.text }));

describe('what was set aside is sent again', () => {
  test('as it was, where nothing is changed', () => {
    expect(correctedEdits(entries, fieldsToCorrect(entries))).toEqual({
      ok: true,
      value: [
        {
          kind: 'report',
          id: 'r1',
          values: { claim: 'first in years', date: '2016-06-29', trucks: { q: '=', n: 38 } },
        },
      ],
    });
  });

  test('with a corrected date, and without what is left out', () => {
    const rows = rowsOf({ date: ' 2016-06 ' }).map((row) => ({
      ...row,
      isSent: row.field !== 'trucks',
    }));
    expect(correctedEdits(entries, rows)).toEqual({
      ok: true,
      value: [{ kind: 'report', id: 'r1', values: { claim: 'first in years', date: '2016-06' } }],
    });
  });

  test('never with a date that cannot be read', () => {
    expect(correctedEdits(entries, rowsOf({ date: 'yesterday' }))).toEqual({
      ok: false,
      error: { type: 'unread_field', field: 'date' },
    });
  });

  test('a text that was emptied clears the field', () => {
    const edits = correctedEdits(entries, rowsOf({ claim: ' ' }));
    expect(edits.ok && edits.value[0]?.values['claim']).toBeNull();
  });

  test('a convoy that only holds its reports together is made again', () => {
    const [report] = entries;
    if (!report) throw new Error('there is a report');
    const bare = historyOf([
      {
        group: 'g',
        device: 'd',
        change: {
          ...report.change,
          id: 'c2',
          kind: 'convoy',
          record: 'k1',
          fields: { _created: { value: true, base: [] } },
        },
      },
    ]);
    expect(correctedEdits(bare, fieldsToCorrect(bare))).toEqual({
      ok: true,
      value: [{ kind: 'convoy', id: 'k1', values: { _created: true } }],
    });
  });
});

describe('what was half typed is taken up again', () => {
  const opened = { rows: fieldsToCorrect(entries) };

  test('as it was left, by the fields that the changes have', () => {
    const left = { rows: rowsOf({ date: '2016-06' }).map((row) => ({ ...row, isSent: false })) };
    const kept = JSON.parse(JSON.stringify(left)) as typeof left;
    expect(keptCorrection(entries, { ...kept })).toEqual(left);
    expect(isUntouchedCorrection(left, opened)).toBe(false);
  });

  test('a field that was not kept stands as it was; one that is no more is left out', () => {
    const kept = { rows: [{ key: 'gone', text: 'x', isSent: false }] };
    expect(keptCorrection(entries, kept)).toEqual(opened);
    expect(isUntouchedCorrection(opened, opened)).toBe(true);
  });

  test('what another form kept is nothing to go on with', () => {
    expect(keptCorrection(entries, { why: 'twice' })).toBeNull();
  });
});
