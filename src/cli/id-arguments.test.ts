import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idsApart } from './id-arguments.ts';

const OPTIONS = { as: { type: 'string' }, undo: { type: 'string' } } as const;
const parsed = (args: readonly string[]) =>
  parseArgs({ args: [...idsApart(args)], options: OPTIONS, allowPositionals: true });

const ids = fc.stringMatching(/^[\w-]{22}$/);

test('an id is taken as one, whatever it begins with, in every place', () => {
  fc.assert(
    fc.property(ids, (id) => {
      expect(parsed(['--as', 'lost', id])).toMatchObject({
        values: { as: 'lost' },
        positionals: [id],
      });
      expect(parsed([id, '--as', 'lost']).positionals).toEqual([id]);
      expect(parsed(['--undo', id, 'a.csv'])).toMatchObject({
        values: { undo: id },
        positionals: ['a.csv'],
      });
    }),
  );
});

test('two hyphens at the beginning of an id are no option either', () => {
  const id = '--abcdefghijklmnopqrst';
  expect(parsed([id, '--as', 'lost'])).toMatchObject({ values: { as: 'lost' }, positionals: [id] });
  expect(parsed(['--undo', id]).values).toEqual({ undo: id });
});

test('what stands after -- stays there, and other arguments are as they were', () => {
  expect(parsed(['--as', 'lost', '--', '-x'])).toMatchObject({ positionals: ['-x'] });
  expect(idsApart(['--as', 'lost', 'file.csv'])).toEqual(['--as', 'lost', 'file.csv']);
});
