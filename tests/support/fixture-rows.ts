import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';

export type FixtureRow = Readonly<Record<string, string>>;

/** The rows of a CSV fixture, by its header. */
export function fixtureRows(file: string): readonly FixtureRow[] {
  const path = fileURLToPath(new URL(`../fixtures/${file}`, import.meta.url));
  const { data } = Papa.parse<FixtureRow>(readFileSync(path, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  });
  return data;
}

/** The values of a cell that holds several, separated by semicolons. */
export const cellValues = (cell: string | undefined): readonly string[] =>
  (cell ?? '')
    .split(';')
    .map((value) => value.trim())
    .filter((value) => value !== '');
