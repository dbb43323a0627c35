import { expect, test } from 'vitest';
import { DEFAULTS } from './defaults.ts';
import { readRecord } from './read-record.ts';
import { kindOfRecord, type RecordKind } from './registry.ts';

test('every default is a value that its field can hold', () => {
  for (const [kind, values] of Object.entries(DEFAULTS)) {
    const { required } = kindOfRecord(kind as RecordKind);
    const read = readRecord(kind as RecordKind, 'x', values);
    const problems = read.ok ? read.value.problems : read.error.problems;
    const found = problems.filter(
      ({ field, type }) => type !== 'missing_field' || !required.includes(field),
    );
    expect({ kind, found }).toEqual({ kind, found: [] });
  }
});
