import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EntryField, isUntouched, newEntry, readEntry, sourceEdits } from './entry.ts';

let next = 0;
const newId = (): string => `id${(next += 1)}`;
const FIELDS: readonly EntryField[] = [
  { key: 'from', kind: 'date', isRequired: true },
  { key: 'people', kind: 'people' },
  { key: 'quantity', kind: 'figure' },
  { key: 'note', kind: 'text' },
  { key: 'localities', kind: 'places' },
];

describe('an entry', () => {
  test('reads what was typed, as precisely as it was typed; an empty field says nothing', () => {
    const draft = newEntry(newId, { from: '2012-11', people: '~20,000', note: '  ' });
    expect(readEntry(FIELDS, draft)).toEqual({
      ok: true,
      value: {
        from: '2012-11',
        people: { q: '~', n: 20_000, unit: 'people' },
        quantity: null,
        note: null,
        localities: null,
      },
    });
  });

  test('tells everything that cannot be read at once, and keeps it as typed', () => {
    const draft = newEntry(newId, { people: 'many', quantity: '20.000' });
    const read = readEntry(FIELDS, draft);
    expect(read).toEqual({
      ok: false,
      error: [
        { key: 'from', type: 'missing' },
        { key: 'people', type: 'not_a_number' },
        { key: 'quantity', type: 'ambiguous' },
      ],
    });
    expect(draft.texts['people']).toBe('many');
  });

  test('families stay families', () => {
    const draft = newEntry(newId, { from: '2016', people: '٣٠٠٠', 'people.unit': 'families' });
    const read = readEntry(FIELDS, draft);
    expect(read.ok && read.value['people']).toEqual({ q: '=', n: 3_000, unit: 'families' });
  });

  test('no text of a required date makes a record with another date', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readEntry(FIELDS, newEntry(newId, { from: text }));
        if (read.ok) expect(read.value['from']).toMatch(/^\d{4}/);
      }),
    );
  });

  test('is untouched as long as nothing was typed, whatever is typed and taken back', () => {
    const opened = newEntry(newId, { period: '2016-06' });
    expect(isUntouched({ ...opened, texts: { period: '2016-06', note: '' } }, opened)).toBe(true);
    expect(isUntouched({ ...opened, texts: { period: '2016-07' } }, opened)).toBe(false);
    const place = { id: 'a', name: 'A', isNew: false };
    expect(isUntouched({ ...opened, places: { localities: [place] } }, opened)).toBe(false);
  });
});

describe('the source of an entry', () => {
  test('nothing said makes no source', () => {
    expect(sourceEdits(newEntry(newId))).toEqual({ edits: [], source: null });
  });

  test('with an address or a title it was published, else told', () => {
    const told = newEntry(newId, { publisher: 'SARC' });
    expect(sourceEdits(told).edits[0]).toMatchObject({ id: told.source, values: { kind: 'told' } });
    const published = newEntry(newId, { publisher: 'OCHA', url: 'https://example.org' });
    expect(sourceEdits(published).edits[0]?.values['kind']).toBe('published');
  });
});
