import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecordEdit } from '#lib/client/state/records-api.ts';
import { draftOfRecord, editsOfRecord } from './correction.ts';
import type { EntryDraft, EntryField } from './entry.ts';

const FIELDS: readonly EntryField[] = [
  { key: 'localities', kind: 'places', isRequired: true },
  { key: 'people', kind: 'people', isRequired: true },
  { key: 'asOf', kind: 'date' },
  { key: 'kind', kind: 'choice', options: [] },
];
const RECORD = {
  id: 'p',
  localities: ['duma'],
  people: { q: '~', n: 20_000, unit: 'people' },
  asOf: '2016-06',
  source: 's',
};
const SOURCE = {
  id: 's',
  kind: 'published',
  publisher: 'OCHA',
  publishedOn: '2016-06-30',
} as const;

const open = (record: Readonly<Record<string, unknown>> & { id: string } = RECORD): EntryDraft =>
  draftOfRecord(record, FIELDS, {
    source: SOURCE,
    newSource: 's2',
    placeName: (id) => id.toUpperCase(),
  });
function edits(texts: Record<string, string>, opened = open()): RecordEdit[] {
  const draft = { ...opened, texts: { ...opened.texts, ...texts } };
  const found = editsOfRecord('population', FIELDS, { opened, draft, source: SOURCE });
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
}

describe('a correction', () => {
  test('opens the record as it would have been typed', () => {
    expect(open().texts).toEqual({
      people: '~20000',
      'people.unit': 'people',
      asOf: '2016-06',
      publisher: 'OCHA',
    });
    expect(open().places['localities']).toEqual([{ id: 'duma', name: 'DUMA', isNew: false }]);
  });

  test('opening a form and saving it writes nothing, whatever the number is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('=', '~', '>', '<'),
        fc.nat(1_000_000),
        fc.constantFrom('people', 'families', undefined),
        (q, n, unit) => {
          const people = unit === undefined ? { q, n } : { q, n, unit };
          expect(edits({}, open({ ...RECORD, people }))).toEqual([]);
        },
      ),
    );
  });

  test('writes only what was touched, so that what others changed meanwhile stands', () => {
    expect(edits({ people: '18,000' })).toEqual([
      {
        kind: 'population',
        id: 'p',
        values: { people: { q: '=', n: 18_000, unit: 'people' } },
      },
    ]);
    expect(edits({ asOf: '' })[0]?.values).toEqual({ asOf: null });
  });

  test('a record that lacks a needed field can be corrected in another', () => {
    const opened = open({ id: 'p', asOf: '2016' });
    expect(edits({ kind: 'estimate' }, opened)[0]?.values).toEqual({ kind: 'estimate' });
  });

  test('a name in several languages is one field: other languages of it stay', () => {
    const fields: readonly EntryField[] = [{ key: 'labels', kind: 'names', isRequired: true }];
    const record = { id: 'm', labels: { en: 'truce', ku: 'agirbest' } };
    const given = { source: undefined, newSource: 's', placeName: (id: string) => id };
    const opened = draftOfRecord(record, fields, given);
    const corrected = (texts: Record<string, string>) =>
      editsOfRecord('milestone', fields, {
        opened,
        draft: { ...opened, texts: { ...opened.texts, ...texts } },
        source: undefined,
      });
    expect(corrected({})).toEqual({ ok: true, value: [] });
    expect(corrected({ 'labels.ar': ' هدنة ' })).toMatchObject({
      value: [{ values: { labels: { en: 'truce', ku: 'agirbest', ar: 'هدنة' } } }],
    });
    expect(corrected({ 'labels.en': '', 'labels.ku': ' ' })).toMatchObject({
      error: [{ key: 'labels', type: 'missing' }],
    });
  });

  test('another source leaves the source of other records as it is', () => {
    const [source, record] = edits({ publisher: 'OCHA', title: 'Flash update' });
    expect(source).toMatchObject({ id: 's2', kind: 'source' });
    expect(source?.values).toMatchObject({ publisher: 'OCHA', publishedOn: '2016-06-30' });
    expect(record?.values).toEqual({ source: 's2' });
    expect(edits({ publisher: 'SARC' })[0]?.values).not.toHaveProperty('publishedOn');
    expect(edits({ publisher: '' })).toEqual([
      { kind: 'population', id: 'p', values: { source: null } },
    ]);
  });
});
