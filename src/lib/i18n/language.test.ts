import { describe, expect, test } from 'vitest';
import { makeLanguage, type Language } from './language.ts';
import { LOCALES, preferredLocale, type Digits, type Locale } from './locales.ts';
import { loadMessages } from './messages.ts';

async function language(locale: Locale, digits: Digits, country?: string): Promise<Language> {
  const messages = await loadMessages(locale);
  return makeLanguage(
    country ? { locale, digits, messages, country } : { locale, digits, messages },
  );
}

const en = await language('en', 'latn');
const ar = await language('ar', 'arab');
const fr = await language('fr', 'latn');

describe('dates are as precise as what is known', () => {
  test('in English', () => {
    expect(en.date('2016-06-29')).toBe('29 June 2016');
    expect(en.date('2012-11')).toBe('November 2012');
    expect(en.date('2012')).toBe('2012');
    expect(en.date('2014-07-14/2014-07-17')).toBe('14–17 July 2014');
    expect(en.date('2015-07/2015-08')).toBe('July – August 2015');
    expect(en.date('2016-06-22~')).toBe('about 22 June 2016');
    expect(en.date('2016-06-29', 'day')).toBe('29 June');
    expect(en.date('2012/2016-06-29')).toBe('2012 – 29 June 2016');
  });

  test('in Arabic, months by country, digits by choice', async () => {
    expect(ar.date('2012-11')).toBe('تشرين الثاني ٢٠١٢');
    expect(ar.date('2016-06-29')).toBe('٢٩ حزيران ٢٠١٦');
    const latin = await language('ar', 'latn');
    expect(latin.date('2016-06-29')).toBe('29 حزيران 2016');
    const yemen = await language('ar', 'latn', 'YEM');
    expect(yemen.date('2012-11')).toBe('نوفمبر 2012');
  });

  test('in French', () => {
    expect(fr.date('2012-11')).toBe('novembre 2012');
    expect(fr.date('2016-06-22~')).toBe('vers le 22 juin 2016');
    expect(fr.date('2012-11~')).toBe('vers novembre 2012');
    expect(fr.date('2016-07-01')).toBe('1er juillet 2016');
    expect(fr.date('2016-05-29/2016-06-01')).toBe('29 mai – 1er juin 2016');
    expect(fr.date('2016-07-11')).toBe('11 juillet 2016');
  });

  test('the year 99 stays the year 99', () => {
    expect(en.date('0099-01-02')).toBe('2 January 99');
  });
});

test('numbers, ranges and lists', () => {
  expect(en.number(20_000)).toBe('20,000');
  expect(ar.number(20_000)).toBe('٢٠٬٠٠٠');
  expect(en.range(37, 38)).toBe('37–38');
  expect(en.range(37, 37)).toBe('37');
  expect(en.list(['Arbin', 'Zamalka'])).toBe('Arbin and Zamalka');
  expect(en.list(['37', '38'], 'or')).toBe('37 or 38');
  expect(ar.list(['عربين', 'زملكا'])).toBe('عربين وزملكا');
  expect(ar.list(['Beit Sawa', 'Eftreis', 'زملكا'])).toBe('Beit Sawa و Eftreis وزملكا');
});

test('the language of a device is taken where we speak it', () => {
  expect(preferredLocale(['de-DE', 'ar-SY', 'en'])).toBe('ar');
  expect(preferredLocale(['tr'])).toBe('en');
});

test('every language has every message', async () => {
  const keys = Object.keys(await loadMessages('en')).sort();
  for (const locale of LOCALES) {
    expect(Object.keys(await loadMessages(locale)).sort()).toEqual(keys);
  }
});
