import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RECORD_KINDS } from '#lib/domain/records/registry.ts';
import { FIELD_COLUMNS, FIELD_UNITS } from '../../scripts/records-page/field-notes.ts';
import { recordsPage } from '../../scripts/records-page.ts';

test('docs/records.md is what scripts/records-page.ts writes', () => {
  const page = readFileSync(new URL('../../docs/records.md', import.meta.url), 'utf8');
  expect(page).toBe(recordsPage());
});

test('units and columns are of fields that there are', () => {
  const fields = Object.entries(RECORD_KINDS).flatMap(([kind, { fields: all }]) =>
    Object.keys(all).map((field) => `${kind}.${field}`),
  );
  const noted = [...Object.keys(FIELD_UNITS), ...Object.keys(FIELD_COLUMNS)];
  expect(noted.filter((field) => !fields.includes(field))).toEqual([]);
});
