import type { ReleasedChart } from './chart.ts';

/** Signs with which spreadsheets begin to compute. */
const FORMULA = /^[=+\-@\t\r]/;

function written(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * A chart's table as CSV (RFC 4180, with a byte order mark, which spreadsheets need for Arabic). No
 * cell computes: what begins like a formula gets an apostrophe. The finding, its caveats and its
 * source follow after an empty row, so that no number travels without them.
 */
export function chartToCsv({ table, finding, caveats, source }: ReleasedChart): string {
  const head = table.columns.map(({ title }) => written(title));
  const rows = table.rows.map(({ cells }) => cells.map(({ raw, text }) => written(raw ?? text)));
  const notes = [finding, ...caveats, source].filter((note) => note !== '');
  const lines = [head, ...rows, [], ...notes.map((note) => [written(note)])];
  return `\uFEFF${lines.map((cells) => `${cells.join(',')}\r\n`).join('')}`;
}

/** What is copied as text: the finding, what has to be said beside it, who says so. */
export function chartToText({ finding, caveats, source }: ReleasedChart): string {
  return [finding, caveats.join(' '), source].filter((line) => line !== '').join('\n');
}
