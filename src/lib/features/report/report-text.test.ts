import { expect, test } from 'vitest';
import { buildAccess } from '#lib/domain/access/access-records.ts';
import { computeSitrep } from '#lib/domain/access/sitrep.ts';
import { dayFromIso } from '#lib/domain/dates/day.ts';
import { LOCALES } from '#lib/i18n/locales.ts';
import { fixtureDataset } from '../../../../tests/support/fixture-dataset.ts';
import { readerOf } from '../../../../tests/support/readers.ts';
import { reportFileName, reportText } from './report-text.ts';

const day = (iso: string): number => {
  const read = dayFromIso(iso);
  if (!read.ok) throw new Error(iso);
  return read.value;
};
const dataset = fixtureDataset(
  'localities.csv',
  'organisations.csv',
  'convoy_reports.csv',
  'siege_population.csv',
);
const access = buildAccess(dataset);
const sitrep = computeSitrep(access, {
  since: day('2016-06-01'),
  asOf: day('2016-06-29'),
  today: day('2026-01-01'),
  classifier: 'UN',
  series: 'UN',
  status: 'besieged',
});
const { convoys } = access;

test.each(LOCALES)('the report is whole in %s', async (locale) => {
  const text = reportText({ dataset, convoys, mayReadPlans: true }, sitrep, await readerOf(locale));
  expect(text.locale).toBe(locale);
  expect(text.direction).toBe(locale === 'ar' ? 'rtl' : 'ltr');
  const ids = text.sections.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['deliveries', 'firsts', 'coverage', 'requests']));
});

test('who may not read plans is not told that there were none', async () => {
  const reader = await readerOf('en');
  const text = reportText({ dataset, convoys, mayReadPlans: false }, sitrep, reader);
  expect(text.sections.map(({ id }) => id)).not.toContain('requests');
});

test('a file’s name tells its day and nothing of what is in it', () => {
  expect(reportFileName('2016-06-29', 'txt')).toBe('crossline-report-2016-06-29.txt');
});

test('the report says which devices nobody has heard from', async () => {
  const silent = { devices: 3, since: '2016-06-20' };
  const reader = await readerOf('en');
  const text = reportText({ dataset, convoys, mayReadPlans: false, silent }, sitrep, reader);
  expect(JSON.stringify(text)).toContain('3 devices');
});
