import fc from 'fast-check';
import { expect, test } from 'vitest';
import { histories } from '#lib/changes/changes.arbitrary.ts';
import { foldGroups } from '#lib/changes/fold-changes.ts';
import { snapshotOf } from '#lib/changes/snapshot.ts';
import { decodeSnapshotPart, encodeSnapshotPart } from './snapshot-codec.ts';

test('S5: a part of a snapshot reads back as the states that went in', () => {
  fc.assert(
    fc.property(histories, (groups) => {
      const states = [...foldGroups(groups).records.values()];
      const read = decodeSnapshotPart(encodeSnapshotPart(states));
      expect(read).toEqual({ ok: true, value: states.map(snapshotOf) });
    }),
  );
});

test('any text is a part or is refused, never a throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(typeof decodeSnapshotPart(text).ok).toBe('boolean');
    }),
  );
  expect(decodeSnapshotPart('[1,["a"],[["r","convoy",[["c",0,7]],{"name":[[0,1]]},""]]]').ok).toBe(
    false,
  );
});
