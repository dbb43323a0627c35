import { expect, test } from 'vitest';
import { SCHEMA, type Change } from '#lib/changes/change.ts';
import { upcast, type Upcast } from './upcast.ts';

const written = (schema: number): Change => ({
  id: 'c',
  operation: 'o',
  kind: 'report',
  record: 'r',
  fields: { trucks: { value: 37, base: [] } },
  deviceTime: '2016-06-29T12:00:00.000Z',
  author: 'm',
  schema,
});

const renamed =
  (from: string, to: string): Upcast =>
  (change) => {
    const { [from]: old, ...others } = change.fields;
    return { ...change, fields: old ? { ...others, [to]: old } : others };
  };

test('an older change is taken through every step, its id and bases as they were', () => {
  const steps = { 1: renamed('trucks', 'lorries'), 2: renamed('lorries', 'vehicles') };
  expect(upcast(written(1), steps, 3)).toEqual({
    ...written(3),
    fields: { vehicles: { value: 37, base: [] } },
  });
  expect(upcast(written(2), steps, 3).fields).toEqual(written(2).fields);
});

test('a change of a newer app is left as it is', () => {
  expect(upcast(written(7), {}, 3)).toEqual(written(7));
});

test('there is a way from every schema to the newest', () => {
  for (let schema = 1; schema <= SCHEMA; schema++) {
    expect(upcast(written(schema)).schema).toBe(SCHEMA);
  }
});
