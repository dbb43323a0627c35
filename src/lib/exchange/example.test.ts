import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildAccess } from '#lib/domain/access/access-records.ts';
import { computeFirstSince } from '#lib/domain/access/first-since.ts';
import { computeGaps } from '#lib/domain/access/gaps.ts';
import { dayOf } from '#lib/domain/dates/day.ts';
import { operationRecords, readOperationFile } from './operation-file.ts';
import { readFiles, withRecords } from './read-files.ts';

const text = (name: string): string =>
  readFileSync(new URL(`../../../static/example/${name}`, import.meta.url), 'utf8');

function readExample() {
  const file = readOperationFile(text('operation.json'));
  if (!file.ok) throw new Error(file.error.where);
  const files = file.value.files.map((name) => ({ name, content: text(name) }));
  const read = readFiles(files, { operation: 'example' });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const records = operationRecords(file.value, 'example');
  return { file: file.value, read: read.value, dataset: withRecords(read.value.dataset, records) };
}

describe('the example “Syria, to 30 June 2016”', () => {
  const { file, read, dataset } = readExample();

  it('reads whole: every place is known, but the five areas of one total', () => {
    expect(read.errors).toEqual([]);
    expect(read.warnings.map(({ type, value }) => [type, value])).toEqual([
      ['place_of_total', 'five besieged areas'],
      ['nothing_to_record', undefined],
    ]);
    expect(dataset.report.size).toBe(81);
    expect(dataset.claim.size).toBe(25);
    expect([...dataset.locality.values()].every((locality) => locality.verified)).toBe(true);
  });

  it('holds the operation and its milestone', () => {
    expect(file.asOf).toBe('2016-06-30');
    expect(dataset.operation.get('example')).toMatchObject({
      country: 'SYR',
      defaultClassifier: 'UN',
    });
    expect([...dataset.milestone.values()]).toMatchObject([{ date: '2016-02-27' }]);
  });

  it('gives every source a short name', () => {
    for (const source of dataset.source.values()) {
      expect(source.publisher, source.title).toMatch(/^.{2,40}$/);
    }
  });

  it('rests the delivery of November 2012 on the very source of the convoy of June 2016', () => {
    const reportsOf = (key: string) => {
      const convoy = [...dataset.convoy.values()].find((record) => record.eventKey === key);
      return [...dataset.report.values()].filter((report) => report.convoy === convoy?.id);
    };
    const [earlier, ...more] = reportsOf('2012-11-zamalka-erbin');
    const later = reportsOf('2016-06-29-zamalka-erbin');
    expect(more).toEqual([]);
    expect(later).toHaveLength(8);
    expect(later.map((report) => report.source)).toContain(earlier?.source);
    expect(dataset.source.get(earlier?.source ?? '')?.publisher).toBe('Reuters');
    expect(new Set(earlier?.localities)).toEqual(new Set(later[0]?.localities));
  });

  describe('its worked cases, as of 29 June 2016', () => {
    const records = buildAccess(dataset);
    const asOf = dayOf(2016, 6, 29);
    const id = (name: string): string =>
      [...dataset.locality.values()].find((locality) => locality.name === name)?.id ?? '';
    const gaps = (name: string, lens = {}) =>
      computeGaps(records, { asOf, lens }).find(({ locality }) => locality === id(name));

    it('Madaya: six deliveries, gaps of 3, 4, 30, 29 and 44 days, 60 open, 167 under food', () => {
      const { recorded } = gaps('Madaya')!;
      expect(recorded.deliveries).toBe(6);
      expect(recorded.gaps.map(({ days }) => days[0])).toEqual([3, 4, 30, 29, 44]);
      expect(recorded.open?.days).toEqual([60, 60]);
      const food = gaps('Madaya', { sector: 'FSC' })!;
      expect(food.recorded.open?.days).toEqual([167, 167]);
      expect(food.possible?.open?.days).toEqual([60, 60]);
    });

    it('Moadamiyet al-Sham: 580–583 days; Kafr Batna: 127 open', () => {
      expect(gaps('Madamiyet Elsham')?.recorded.gaps[0]?.days).toEqual([580, 583]);
      expect(gaps('Kafr Batna')?.recorded.open?.days).toEqual([127, 127]);
    });

    it('Zamalka and Arbin: since November 2012, 1,307–1,336 days, according to the same source', () => {
      const [first, ...others] = computeFirstSince(records, { asOf }).filter(
        ({ convoyName }) => convoyName === '2016-06-29-zamalka-erbin',
      );
      expect(others).toEqual([]);
      expect(first?.localities).toEqual([id('Arbin'), id('Zamalka')]);
      expect(first?.since).toMatchObject({ days: [1307, 1336], months: [43, 43] });
      const names = first?.accordingTo.map((source) => dataset.source.get(source)?.publisher);
      expect(names).toEqual(['Reuters']);
    });
  });
});
