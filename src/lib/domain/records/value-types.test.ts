import { expect, test } from 'vitest';
import { valueTypeOf } from './value-types.ts';

test('every kind of value is told from its schema', () => {
  const types = {
    convoy: ['date', 'name', 'notes', 'partners', 'request', 'status', 'trucksEntered'],
    stop: ['order', 'sectors', 'distributionConfirmed'],
    logEntry: ['time', 'position'],
    locality: ['names', 'aliases', 'lat'],
    operation: ['country', 'householdSize'],
  };
  const found = Object.entries(types).map(([kind, fields]) =>
    fields.map((field) => valueTypeOf(kind, field)),
  );
  expect(found).toEqual([
    ['date', 'line', 'text', 'records', 'record', 'vocabulary', 'figure'],
    ['count', 'sectors', 'flag'],
    ['instant', 'position'],
    ['names', 'lines', 'number'],
    ['line', 'number'],
  ]);
});

test('what a newer version wrote has no type here', () => {
  expect(valueTypeOf('convoy', 'colour')).toBeUndefined();
  expect(valueTypeOf('drone', 'name')).toBeUndefined();
  expect(valueTypeOf('convoy', 'constructor')).toBeUndefined();
});
