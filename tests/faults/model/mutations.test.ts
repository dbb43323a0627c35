import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './mutate.ts';
import { MUTATIONS } from './mutations.ts';

/** That the histories notice each is the long run's to show (long.ts). */
test.each(MUTATIONS)('what would take out $removes stands in the code once', (mutation) => {
  const source = readFileSync(join(ROOT, mutation.file), 'utf8');
  expect(source.split(mutation.find)).toHaveLength(2);
  expect(mutation.put).not.toBe(mutation.find);
});
