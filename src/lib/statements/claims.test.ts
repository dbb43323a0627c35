import { describe, expect, test } from 'vitest';
import { buildAccess } from '#lib/domain/access/access-records.ts';
import { computeClaims } from '#lib/domain/access/claims.ts';
import { dayOf } from '#lib/domain/dates/day.ts';
import { datasetOf, fixtureDataset } from '../../../tests/support/fixture-dataset.ts';
import { readerOf } from '../../../tests/support/readers.ts';
import { claimSentence } from './claims.ts';
import { duplicateOffer, duplicatePair } from './duplicates.ts';
import { leftOutSentences } from './left-out.ts';
import { recordsReachSentence } from './records-reach.ts';
import { render, renderAlone } from './render.ts';

const en = await readerOf('en');
const ar = await readerOf('ar');
const asOf = dayOf(2016, 6, 29);

const CLAIM = { convoy: 'now', kind: 'first_since', source: 'reuters', sinceIs: 'delivery' };
const records = buildAccess(
  datasetOf({
    reuters: ['source', { kind: 'published', publisher: 'Reuters' }],
    other: ['source', { kind: 'published', publisher: 'Another' }],
    arbin: ['locality', { name: 'Arbin' }],
    zamalka: ['locality', { name: 'Zamalka', recordsSince: '2010' }],
    old: ['convoy', { name: 'old', status: 'delivered', date: '2012-11' }],
    now: ['convoy', { name: 'now', status: 'delivered', date: '2016-06-29' }],
    oldReport: [
      'report',
      { convoy: 'old', source: 'reuters', status: 'delivered', localities: ['arbin', 'zamalka'] },
    ],
    nowReport: [
      'report',
      { convoy: 'now', source: 'other', status: 'delivered', localities: ['arbin', 'zamalka'] },
    ],
    same: [
      'claim',
      { ...CLAIM, text: 'First since 2012', since: '2012-11', localities: ['arbin'] },
    ],
    wrong: [
      'claim',
      { ...CLAIM, text: 'First since 2011', since: '2011', localities: ['arbin', 'zamalka'] },
    ],
    vague: ['claim', { ...CLAIM, text: 'First in years', localities: ['arbin'] }],
    since: [
      'claim',
      {
        ...CLAIM,
        sinceIs: 'date',
        text: 'First this year',
        since: '2016-01-01',
        localities: ['zamalka'],
      },
    ],
  }),
);

describe('indicator 11: what the records say of a claim', () => {
  const names = {
    sourceName: (id: string) => records.dataset.source.get(id)?.publisher ?? '',
    dateOfStop: (id: string) => records.convoys.get(id)?.date?.edtf ?? null,
  };
  const found = computeClaims(records, { asOf, classifier: 'UN' });
  const say = (text: string, reader = en): string => {
    const check = found.find((one) => one.text === text);
    if (!check) throw new Error(`no claim ${text}`);
    return renderAlone(claimSentence(check, names), reader);
  };

  test('what rests on its own source is said according to it', () => {
    expect(say('First since 2012')).toBe(
      'The claim “First since 2012” stands according to Reuters alone: our record has no other source for it (Arbin: a delivery on our record in November 2012)',
    );
  });

  test('a contradiction names the record that does it, once for the places that share it', () => {
    expect(say('First since 2011')).toBe(
      'The claim “First since 2011” (Reuters) is contradicted by our record (Arbin and Zamalka: a delivery in between, in November 2012)',
    );
    expect(say('First since 2011', ar)).toContain(
      'يناقضه سجلنا (زملكا وعربين: إيصال بين التاريخين، في تشرين الثاني 2012)',
    );
  });

  test('what is missing is named', () => {
    expect(say('First in years')).toBe(
      'The claim “First in years” (Reuters) can be neither confirmed nor refuted from our record (it names no earlier date that can be read)',
    );
  });

  test('nothing in between supports a claim only where the record is complete', () => {
    expect(say('First this year')).toContain(
      'is supported by our record (Zamalka: no delivery in between, and the record is believed complete since 2010)',
    );
  });

  test('every claim of the real reports has its sentence, in every language', async () => {
    const real = buildAccess(
      fixtureDataset('localities.csv', 'organisations.csv', 'convoy_reports.csv', 'claims.csv'),
    );
    const checks = computeClaims(real, { asOf, classifier: 'UN' });
    expect(checks.length).toBeGreaterThan(20);
    for (const reader of [en, ar, await readerOf('fr')]) {
      for (const check of checks) {
        const text = render(claimSentence(check, names), reader);
        expect(text).toContain(check.text);
        expect(text).not.toMatch(/undefined|null|\[object/);
      }
    }
  });
});

test('indicator 12: a likely duplicate is a question', () => {
  const [old, now] = [records.convoys.get('old'), records.convoys.get('now')];
  if (!old || !now) throw new Error('no convoys');
  expect(renderAlone(duplicateOffer(now), en)).toBe(
    'Looks like the convoy to Arbin and Zamalka, 29 June 2016: is it this one?',
  );
  expect(render(duplicatePair(old, now), en)).toBe(
    'possibly one convoy, recorded twice: Arbin and Zamalka, November 2012: delivered; Arbin and Zamalka, 29 June 2016: delivered',
  );
});

describe('how far the records reach', () => {
  test('devices not heard from are counted, and none is not mentioned', () => {
    const silent = (devices: number) => ({ devices, since: '2016-06-20' });
    const say = (devices: number, reader = en): string =>
      renderAlone(recordsReachSentence({ to: '2016-06-29', silent: silent(devices) }), reader);
    expect(say(3)).toBe('Records to 29 June 2016; 3 devices not heard from since 20 June 2016');
    expect(say(0)).toBe('Records to 29 June 2016');
    expect(say(2, ar)).toBe('السجلات حتى 29 حزيران 2016؛ جهازان لم يتصلا منذ 20 حزيران 2016');
  });

  test('what is left out is counted by its reason', () => {
    const left = leftOutSentences([
      { type: 'no_date', record: 'a' },
      { type: 'no_date', record: 'b' },
      { type: 'report_without_convoy', record: 'c' },
    ]);
    expect(left.map((one) => renderAlone(one, en))).toEqual([
      'Left out: 2 records of things that happened, without their dates',
      'Left out: 1 report without a convoy',
    ]);
    expect(leftOutSentences([])).toEqual([]);
  });
});
