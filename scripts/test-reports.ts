import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Sum {
  readonly passed: number;
  readonly failed: number;
}

/** A Vitest command that also writes its report, when a folder is named. */
export function withReport(
  command: readonly string[],
  folder: string | undefined,
  name: string,
): readonly string[] {
  if (folder === undefined) return command;
  const file = join(folder, `${name}.json`);
  return [...command, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
}

/** Tests of all reports in a folder, Vitest's and Playwright's. Skipped tests are neither. */
export function sumReports(folder: string): Sum {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => sumOf(JSON.parse(readFileSync(join(folder, file), 'utf8'))))
    .reduce(plus, { passed: 0, failed: 0 });
}

/**
 * Tests of one report. A file that fails to load counts as a failed test: its tests are unknown.
 */
export function sumOf(report: unknown): Sum {
  const { stats, errors, numPassedTests, numFailedTests, testResults } = report as {
    stats?: { expected: number; unexpected: number; flaky: number };
    errors?: readonly unknown[];
    numPassedTests?: number;
    numFailedTests?: number;
    testResults?: readonly { status: string; assertionResults: readonly unknown[] }[];
  };
  if (stats) {
    return {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + (errors?.length ?? 0),
    };
  }
  const unread = (testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return { passed: numPassedTests ?? 0, failed: (numFailedTests ?? 0) + unread.length };
}

function plus(a: Sum, b: Sum): Sum {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}
