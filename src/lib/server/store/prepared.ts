import { hash } from 'node:crypto';

const names = new Map<string, string>();

/**
 * Has PostgreSQL read and plan a statement once for each connection instead of each time. For those
 * alone whose plan cannot be a wrong one however the tables grow: rows that go in, and rows of small
 * tables by their key. What looks for rows among many is planned each time, by what there is then
 * (docs/adr/0161). The same text has the same name in every process.
 */
export function prepared(text: string): string {
  if (!names.has(text)) names.set(text, `x${hash('sha256', text).slice(0, 24)}`);
  return text;
}

export const preparedName = (text: string): string | undefined => names.get(text);
