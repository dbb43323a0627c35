import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellValues, fixtureRows } from '../../../../tests/support/fixture-rows.ts';
import { looseForm } from './loose-form.ts';
import { buildNameIndex, matchLocality, type NamedEntry, searchNames } from './name-index.ts';
import { certainlySame, nameKey, nameKeys } from './name-key.ts';
import { editDistance } from './similarity.ts';

const places: readonly NamedEntry[] = fixtureRows('localities.csv').map((row) => ({
  id: row['name'] ?? '',
  names: [row['name'] ?? '', row['name_ar'] ?? '', ...cellValues(row['aliases'])].filter(Boolean),
}));
const index = buildNameIndex(places);
const bestFor = (query: string): string | undefined => searchNames(index, query, 3)[0]?.entry.id;

describe('names that are certainly the same', () => {
  test.each([
    ['‘Irbīn', 'IRBIN'],
    ['أربين', 'اربين'],
    ["Al Wa'er", 'al-waer'],
    ['Deir-ez-Zor', 'Deir ez Zor'],
    ['Straße', 'STRASSE'],
    ['Ḩarastā', 'harasta'],
    ['Jerud (Jirud)', 'Jirud'],
    ['Jerud (Jirud)', 'Jerud'],
    ['Qaratien (Qaryatein)', 'qaratien (qaryatein)'],
  ])('%s and %s', (a, b) => {
    expect(certainlySame(a, b)).toBe(true);
  });

  test.each([
    ['Al-Hula', 'Hula'],
    ['Madaya', 'Madaja'],
    ['Kafr Batna', 'Kafr Batneh'],
    ['تلبيسة', 'تلبيسه'],
    ['()', '—'],
    ['', ''],
  ])('not %s and %s: articles, vowels and typos are offers', (a, b) => {
    expect(certainlySame(a, b)).toBe(false);
  });

  test('an alias makes two names one', () => {
    expect(certainlySame('Erbin', 'عربين', ['Arbin', 'عربين', 'Erbin'])).toBe(true);
    expect(certainlySame('Erbin', 'Zamalka', ['Arbin', 'Erbin'])).toBe(false);
  });

  test('a key is its own key, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const key = nameKey(text);
        expect(nameKey(key)).toBe(key);
        expect(key).toMatch(/^[\p{L}\p{Nd}]*$/u);
        expect(certainlySame(text, `  ${text.normalize('NFD')}!`)).toBe(key !== '');
      }),
    );
  });

  test('being the same has no direction', () => {
    const name = fc.constantFrom(...places.flatMap((place) => place.names), 'X (Y)', 'Y', 'x');
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(certainlySame(a, b)).toBe(certainlySame(b, a));
        expect(certainlySame(a, a)).toBe(nameKeys(a).length > 0);
      }),
    );
  });
});

describe('matching a locality', () => {
  test.each(['Erbin', 'Irbin', 'Arbin', 'Arbeen', 'عربين', '‘Irbīn'])('%s is Arbin', (name) => {
    expect(matchLocality(index, name)).toMatchObject({
      kind: 'certain',
      locality: { id: 'Arbin' },
    });
  });

  test('every name of every place leads to that place', () => {
    for (const place of places) {
      for (const name of place.names) {
        expect(matchLocality(index, name)).toMatchObject({ kind: 'certain', locality: place });
      }
    }
  });

  test('one name of two places is ambiguous', () => {
    const two = buildNameIndex([
      { id: '1', names: ['Al Bab'] },
      { id: '2', names: ['Bab', 'al-bab'] },
    ]);
    expect(matchLocality(two, 'AL BAB')).toMatchObject({
      kind: 'ambiguous',
      localities: [{ id: '1' }, { id: '2' }],
    });
  });

  test('a likeness is only ever near', () => {
    expect(matchLocality(index, 'Arbeeen')).toMatchObject({
      kind: 'near',
      candidates: [{ entry: { id: 'Arbin' } }],
    });
    expect(matchLocality(index, 'Zamalkaa').kind).toBe('near');
    expect(matchLocality(index, 'Bloudan').kind).not.toBe('certain');
    expect(matchLocality(index, 'xyzzy').kind).toBe('none');
    expect(matchLocality(index, '—').kind).toBe('none');
  });
});

describe('searching', () => {
  test.each([
    ['Zam', 'Zamalka'],
    ['زمل', 'Zamalka'],
    ['erb', 'Arbin'],
    ['عرب', 'Arbin'],
    ['Rstan', 'Ar-Rastan'],
    ['Zamlaka', 'Zamalka'],
    ['Dareya', 'Darayya'],
    ['Muadamiya', 'Madamiyet Elsham'],
    ['Rastane', 'Ar-Rastan'],
    ['el Rastan', 'Ar-Rastan'],
    ['رستن', 'Ar-Rastan'],
    ['Talbiseh', 'Talbiseh'],
    ['harsta', 'Harasta'],
    ['Yarmouck', 'Yarmuk'],
    ['Hamoryeh', 'Hammura'],
    ['الزبدانى', 'Az-Zabdani'],
  ])('%s finds %s first', (query, place) => {
    expect(bestFor(query)).toBe(place);
  });

  test('Latin and Arabic spellings have the same consonants', () => {
    for (const [latin, arabic] of [
      ['Arbeen', 'عربين'],
      ['Erbin', 'عربين'],
      ['Zamalka', 'زملكا'],
      ['Duma', 'دوما'],
      ['Ar-Rastan', 'الرستن'],
      ['Talbiseh', 'تلبيسة'],
      ['Ad Dumayr', 'الضمير'],
      ['Nashabiyeh', 'النشابية'],
      ['Al-Qaryatein', 'القريتين'],
    ] as const) {
      expect(looseForm(latin).skeleton).toBe(looseForm(arabic).skeleton);
    }
  });

  test('never throws, never gives more than asked, scores from 1 downwards', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(8), (query, limit) => {
        const hits = searchNames(index, query, limit);
        expect(hits.length).toBeLessThanOrEqual(limit);
        const scores = hits.map((hit) => hit.score);
        expect(scores).toEqual([...scores].sort((a, b) => b - a));
        expect(new Set(hits.map((hit) => hit.entry.id)).size).toBe(hits.length);
      }),
    );
  });

  test('the edit distance is a distance', () => {
    const word = fc.stringMatching(/^[abc]{0,7}$/);
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b, 9);
        expect(distance).toBe(editDistance(b, a, 9));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(editDistance(a, b, 2)).toBe(Math.min(distance, 3));
      }),
    );
    expect(editDistance('zamlaka', 'zamalka', 9)).toBe(1);
  });
});
