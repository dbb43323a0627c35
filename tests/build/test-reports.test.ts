import { expect, test } from 'vitest';
import { sumOf } from '../../scripts/test-reports.ts';

test('sum: a report of Vitest', () => {
  const testResults = [{ status: 'passed', assertionResults: [{}, {}] }];
  expect(sumOf({ numPassedTests: 2, numFailedTests: 1, testResults })).toEqual({
    passed: 2,
    failed: 1,
  });
});

test('sum: a file that does not load is a failed test', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }];
  expect(sumOf({ numPassedTests: 0, numFailedTests: 0, testResults })).toEqual({
    passed: 0,
    failed: 1,
  });
});

test('sum: a report of Playwright', () => {
  const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 5 };
  expect(sumOf({ stats, errors: [{}] })).toEqual({ passed: 4, failed: 2 });
});
