import fc from 'fast-check';
import { expect, test } from 'vitest';
import { histories } from '#lib/changes/changes.arbitrary.ts';
import { foldGroups } from '#lib/changes/fold-changes.ts';
import { valuesOf, type Head, type RecordState } from '#lib/changes/fold.ts';
import { pageOfStates } from '#lib/changes/record-page.ts';
import { toUtf8 } from '#lib/crypto/encoding.ts';
import { readRecord } from '#lib/domain/records/read-record.ts';
import { isRecordKind } from '#lib/domain/records/registry.ts';
import { decodeRecords, encodeRecords, encodeSentPage } from './record-codec.ts';
import { comparable } from '../../../../tests/support/comparable-states.ts';

const head = (change: string, value: string | number): Head => {
  return { change, value, deviceTime: 'now', author: 'a' };
};

const locality = (id: string, value: string | number): RecordState => ({
  id,
  kind: 'locality',
  fields: { name: [head(`c${id}`, value)] },
  seen: [`c${id}`],
});

test('S5: a row reads back as the states that went in, written here or sent', () => {
  fc.assert(
    fc.property(histories, (groups) => {
      const states = [...foldGroups(groups).records.values()];
      const own = encodeRecords(states);
      const sent = toUtf8(JSON.stringify(pageOfStates(states)));
      const read = decodeRecords(own.bytes);
      expect(read.states.map(comparable)).toEqual(states.map(comparable));
      expect(read.doubtful).toEqual(own.doubtful);
      expect(encodeSentPage(sent, states)).toEqual(own);
    }),
  );
});

test('what the schemas do not take is doubtful, whoever sent it', () => {
  const states = [
    locality('one', 'Douma'),
    locality('two', 7),
    { ...locality('x', 'y'), kind: 'z' },
    { ...locality('nameless', 'y'), fields: {} },
    {
      ...locality('more', 'y'),
      fields: { ...locality('more', 'y').fields, other: [head('cmore', 1)] },
    },
  ];
  const page = encodeSentPage(toUtf8(JSON.stringify(pageOfStates(states))), states);
  expect(page.doubtful).toEqual(['two', 'x', 'nameless', 'more']);
  expect(decodeRecords(page.bytes)).toEqual({ states, doubtful: page.doubtful });
});

test('doubtful is what reading the record names problems of', () => {
  fc.assert(
    fc.property(histories, (groups) => {
      const states = [...foldGroups(groups).records.values()];
      const doubtful = states.filter((state) => {
        if (!isRecordKind(state.kind)) return true;
        const read = readRecord(state.kind, state.id, valuesOf(state));
        return !read.ok || read.value.problems.length > 0;
      });
      expect(encodeRecords(states).doubtful).toEqual(doubtful.map(({ id }) => id));
    }),
  );
});

test('a row that was written before ADR 0165 reads as what it said', () => {
  const records = [
    [
      'one',
      'locality',
      [['c2', 1, 0], ['c1', 0, 0], 'c0'],
      {
        name: [
          [1, 'Douma'],
          [0, 'Duma'],
        ],
        _deleted: [[0, true, ['c1']]],
      },
      1,
    ],
    ['two', 'locality', [['c3', 0, 0]], { name: [[0, 7]] }],
  ];
  const earlier = toUtf8(JSON.stringify([['ann', 'later'], records]));
  const at = (change: string, value: string | number, deviceTime: string) => {
    return { ...head(change, value), deviceTime, author: 'ann' };
  };
  const { states, doubtful } = decodeRecords(earlier);
  expect({ doubtful, states: states.map(comparable) }).toEqual({
    doubtful: ['two'],
    states: [
      {
        id: 'one',
        kind: 'locality',
        fields: {
          name: [at('c1', 'Douma', 'ann'), at('c2', 'Duma', 'later')],
          _deleted: [{ ...at('c2', 0, 'later'), value: true, sees: ['c1'] }],
        },
        seen: ['c0', 'c1', 'c2'],
      },
      {
        id: 'two',
        kind: 'locality',
        fields: { name: [at('c3', 7, 'ann')] },
        seen: ['c3'],
      },
    ],
  });
});
