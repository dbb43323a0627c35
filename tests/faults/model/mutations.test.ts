import { expect, test } from 'vitest';
import { tryMutation } from './mutate.ts';
import { MUTATIONS } from './mutations.ts';

/** Far more than any of them needs. */
const HISTORIES = 600;
const HOUR = 3_600_000;

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
