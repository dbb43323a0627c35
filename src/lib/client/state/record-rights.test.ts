import { expect, test } from 'vitest';
import type { Head, RecordState } from '#lib/changes/fold.ts';
import type { Role } from '#lib/protocol/roles.ts';
import { mayAdd, mayCorrect, mayDelete } from './record-rights.ts';

const head = (author: string): Head => ({ change: author, value: 'x', deviceTime: '', author });
const stateBy = (author: string): RecordState => ({
  id: 'r',
  kind: 'incident',
  fields: { actor: [head(author)] },
  seen: [author],
});
const asking = (role: Role, author: string, isDisputed = false) => ({
  identity: { role, member: 'me' },
  records: {
    state: () => stateBy(author),
    conflicts: isDisputed
      ? [{ record: 'r', kind: 'incident', field: 'actor', shown: 'x', values: [] }]
      : [],
  },
});

test('a coordinator corrects and deletes what others entered, an observer nothing', () => {
  expect(mayCorrect(asking('coordinator', 'other'), 'population', 'r')).toBe(true);
  expect(mayDelete(asking('coordinator', 'other'), 'population', 'r')).toBe(true);
  expect(mayAdd(asking('observer', 'me'), 'incident')).toBe(false);
  expect(mayCorrect(asking('observer', 'me'), 'incident', 'r')).toBe(false);
});

test('a logger corrects his own alone, and deletes what the server lets him delete', () => {
  expect(mayCorrect(asking('logger', 'me'), 'incident', 'r')).toBe(true);
  expect(mayCorrect(asking('logger', 'other'), 'incident', 'r')).toBe(false);
  expect(mayDelete(asking('logger', 'me'), 'itemLine', 'r')).toBe(true);
  expect(mayDelete(asking('logger', 'other'), 'itemLine', 'r')).toBe(false);
  expect(mayDelete(asking('logger', 'me'), 'incident', 'r')).toBe(false);
  expect(mayAdd(asking('logger', 'me'), 'population')).toBe(false);
});

test('what people differ about is not a logger’s to settle by correcting it', () => {
  expect(mayCorrect(asking('logger', 'me', true), 'incident', 'r')).toBe(false);
});
