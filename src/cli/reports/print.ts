import Papa from 'papaparse';
import type { ReportAnswer } from './report-answer.ts';

/** The answer as JSON on one line, as CSV that spreadsheets open without running it, or as text. */
export function printReport(answer: ReportAnswer, format: 'json' | 'csv' | 'text'): string {
  if (format === 'json') return `${JSON.stringify(answer.json)}\n`;
  if (format === 'text') return answer.lines.map((line) => `${line}\n`).join('');
  const { header, rows } = answer.table;
  const table = [header, ...rows.map((row) => row.map((cell) => cell ?? ''))] as unknown[][];
  return `${Papa.unparse(table, { newline: '\n', escapeFormulae: true })}\n`;
}
