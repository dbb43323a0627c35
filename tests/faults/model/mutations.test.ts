import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, tryMutation } from './mutate.ts';
import { MUTATIONS } from './mutations.ts';

/** Far more than any of them needs. */
const HISTORIES = 600;
const HOUR = 3_600_000;

test.each(MUTATIONS)('what would take out $removes stands in the code once', (mutation) => {
  const source = readFileSync(join(ROOT, mutation.file), 'utf8');
  expect(source.split(mutation.find)).toHaveLength(2);
});

const isLong = process.env['CROSSLINE_LONG'] === 'yes';

test.runIf(isLong)('the fuzz has nothing against the code as it is', { timeout: HOUR }, () => {
  const nothing = MUTATIONS.map((mutation) => ({ ...mutation, put: mutation.find }))[0];
  expect(nothing && tryMutation(nothing, 1, HISTORIES)).toMatchObject({ isNoticed: false });
});

test.runIf(isLong).each(MUTATIONS)(
  'the fuzz notices who takes out $removes',
  { timeout: HOUR },
  (mutation) => {
    expect(tryMutation(mutation, 1, HISTORIES)).toMatchObject({ isNoticed: true });
  },
);
