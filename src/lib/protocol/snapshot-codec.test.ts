import fc from 'fast-check';
import { expect, test } from 'vitest';
import { histories } from '#lib/changes/changes.arbitrary.ts';
import { foldGroups } from '#lib/changes/fold-changes.ts';
import type { RecordState } from '#lib/changes/fold.ts';
import { snapshotOf } from '#lib/changes/snapshot.ts';
import { toUtf8 } from '#lib/crypto/encoding.ts';
import { decodeSnapshotPage, encodeSnapshotPart, splitSnapshotPart } from './snapshot-codec.ts';
import { comparable } from '../../../tests/support/comparable-states.ts';

function statesIn(part: string): RecordState[] {
  return splitSnapshotPart(toUtf8(part)).flatMap((page) => {
    const read = decodeSnapshotPage(page);
    if (!read.ok) throw new Error(read.error.type);
    return read.value;
  });
}

test('S5: a part of a snapshot reads back as the states that went in', () => {
  fc.assert(
    fc.property(histories, (groups) => {
      const states = [...foldGroups(groups).records.values()];
      const read = statesIn(encodeSnapshotPart(states));
      expect(read.map(comparable)).toEqual(states.map(snapshotOf).map(comparable));
    }),
  );
});

test('a part is as many pages as its records need, whatever line ends stand in their texts', () => {
  const states = Array.from({ length: 150 }, (_, n): RecordState => {
    const head = { change: `c${n}`, value: 'two\nlines', deviceTime: 'now', author: 'a' };
    return { id: `r${n}`, kind: 'convoy', fields: { notes: [head] }, seen: [head.change] };
  });
  const part = encodeSnapshotPart(states);
  expect(splitSnapshotPart(toUtf8(part))).toHaveLength(3);
  expect(statesIn(part)).toEqual(states);
});

test('any text is a page or is refused, never a throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(typeof decodeSnapshotPage(toUtf8(text)).ok).toBe('boolean');
    }),
  );
});

test.each([
  ['names an author that it does not have', '[["a"],[["r","convoy",[["c",0,7,{"notes":"x"}]]]]]'],
  ['names no time', '[["a"],[["r","convoy",[["c",null,0,{"notes":"x"}]]]]]'],
  ['has a change without values', '[["a"],[["r","convoy",[["c",0,0]]]]]'],
  ['has a change that is none', '[["a"],[["r","convoy",[7]]]]'],
  ['has an id that is none', '[["a"],[[7,"convoy",[["c",0,0,{"notes":"x"}]]]]]'],
  ['has what devices add', '[["a"],[["r","convoy",[["c",0,0,{"notes":"x"}]]]],[]]'],
  ['goes on behind its end', '[["a"],[["r","convoy",[["c",0,0,{"notes":"x"}]]]]] '],
])('a page that %s is refused', (_, text) => {
  expect(decodeSnapshotPage(toUtf8(text))).toEqual({
    ok: false,
    error: { type: 'snapshot_unreadable' },
  });
});

test('S5: heads of a field are in order, in whatever order a page names them', () => {
  const text = '[["a"],[["r","convoy",[["d",0,0,{"notes":"x"}],["c",0,0,{"notes":"y"}]]]]]';
  const read = decodeSnapshotPage(toUtf8(text));
  const heads = read.ok ? read.value[0]?.fields.notes?.map(({ change }) => change) : undefined;
  expect(heads).toEqual(['c', 'd']);
});
