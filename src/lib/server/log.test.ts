import { expect, test } from 'vitest';
import { errorForLog } from './log.ts';

test('of an error its place is logged, and no line of its message', () => {
  const error = new SyntaxError('Unexpected token\nat Zamalka on 29 June\n  Sara and Ali');
  const logged = JSON.stringify(errorForLog(error));
  expect(logged).toContain('log.test.ts');
  expect(logged).not.toMatch(/Unexpected|Zamalka|Sara/);
});
