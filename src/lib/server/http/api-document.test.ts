import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ERROR_CODES, QUARANTINE_CODES } from '#lib/protocol/codes.ts';
import { PATHS } from '#lib/protocol/paths.ts';

const text = readFileSync(new URL('../../../../docs/api.md', import.meta.url), 'utf8');

test('docs/api.md names every endpoint and every code', () => {
  const named = [...ERROR_CODES, ...QUARANTINE_CODES].map((code) => `\`${code}\``);
  const missing = [...named, ...Object.values(PATHS)].filter((word) => !text.includes(word));
  expect(missing).toEqual([]);
});
