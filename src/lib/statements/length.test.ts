import { describe, expect, test } from 'vitest';
import { readerOf } from '../../../tests/support/readers.ts';
import { type Bounds, daysLength, gapLabel, lengthInProse, shortLength } from './length.ts';
import { render } from './render.ts';

const en = await readerOf('en');
const ar = await readerOf('ar');
const fr = await readerOf('fr');

/** A length of whole months; its days only matter under two months. */
const months = (count: number) => ({
  days: [count * 30, count * 30] as Bounds,
  months: [count, count] as Bounds,
});

describe('indicator 2: lengths in words', () => {
  test.each([
    [
      43,
      'nearly 4 years (3 years 7 months)',
      'قرابة أربع سنوات (3 سنوات و7 أشهر)',
      'presque 4 ans (3 ans et 7 mois)',
    ],
    [
      47,
      'nearly 4 years (3 years 11 months)',
      'قرابة أربع سنوات (3 سنوات و11 شهراً)',
      'presque 4 ans (3 ans et 11 mois)',
    ],
    [
      42,
      'about 3½ years (3 years 6 months)',
      'نحو ثلاث سنوات ونصف (3 سنوات و6 أشهر)',
      'environ 3 ans et demi (3 ans et 6 mois)',
    ],
    [
      41,
      'more than 3 years (3 years 5 months)',
      'أكثر من ثلاث سنوات (3 سنوات و5 أشهر)',
      'plus de 3 ans (3 ans et 5 mois)',
    ],
    [36, '3 years', 'ثلاث سنوات', '3 ans'],
    [
      37,
      'more than 3 years (3 years 1 month)',
      'أكثر من ثلاث سنوات (3 سنوات وشهر واحد)',
      'plus de 3 ans (3 ans et 1 mois)',
    ],
    [
      26,
      'more than 2 years (2 years 2 months)',
      'أكثر من سنتين (سنتين وشهرين)',
      'plus de 2 ans (2 ans et 2 mois)',
    ],
    [
      18,
      'about 1½ years (1 year 6 months)',
      'نحو سنة ونصف (سنة واحدة و6 أشهر)',
      'environ un an et demi (1 an et 6 mois)',
    ],
    [
      14,
      'more than a year (1 year 2 months)',
      'أكثر من سنة (سنة واحدة وشهرين)',
      'plus d’un an (1 an et 2 mois)',
    ],
    [12, '1 year', 'سنة', 'un an'],
    [11, '11 months', '11 شهراً', '11 mois'],
    [2, '2 months', 'شهرين', '2 mois'],
    [1, '30 days', '30 يوماً', '30 jours'],
    [
      100 * 12 - 1,
      'nearly 100 years (99 years 11 months)',
      'قرابة 100 سنة (99 سنة و11 شهراً)',
      'presque 100 ans (99 ans et 11 mois)',
    ],
  ])('%i months', (count, inEnglish, inArabic, inFrench) => {
    expect(render(lengthInProse(months(count)), en)).toBe(inEnglish);
    expect(render(lengthInProse(months(count)), ar)).toBe(inArabic);
    expect(render(lengthInProse(months(count)), fr)).toBe(inFrench);
  });

  test('what is not known exactly is a range', () => {
    const year = { days: [1238, 1600] as Bounds, months: [41, 52] as Bounds };
    expect(render(lengthInProse(year), en)).toBe('between 3 years 5 months and 4 years 4 months');
    expect(render(shortLength(year), fr)).toBe('une durée de 3 ans et 5 mois à 4 ans et 4 mois');
    const month = { days: [29, 58] as Bounds, months: [1, 1] as Bounds };
    expect(render(lengthInProse(month), en)).toBe('29–58 days');
    expect(render(lengthInProse(month), ar)).toBe('29–58 يوماً');
    const crossing = { days: [40, 130] as Bounds, months: [1, 4] as Bounds };
    expect(render(lengthInProse(crossing), en)).toBe('between 40 days and 4 months');
  });
});

test('a label on a gap: months, and under two months days', () => {
  expect(render(gapLabel(months(43)), en)).toBe('43 months');
  expect(render(gapLabel(months(43)), ar)).toBe('43 شهراً');
  expect(render(gapLabel(months(2)), ar)).toBe('شهران');
  expect(render(gapLabel({ days: [44, 44], months: [1, 1] }), en)).toBe('44 days');
  expect(render(gapLabel({ days: [1, 400], months: [0, 13] }), en)).toBe('0–13 months');
});

describe('plural forms: Arabic has six', () => {
  test.each([
    [0, '0 days', '0 يوم', '0 jour'],
    [1, '1 day', 'يوم واحد', '1 jour'],
    [2, '2 days', 'يومين', '2 jours'],
    [3, '3 days', '3 أيام', '3 jours'],
    [11, '11 days', '11 يوماً', '11 jours'],
    [100, '100 days', '100 يوم', '100 jours'],
    [127, '127 days', '127 يوماً', '127 jours'],
  ])('%i', (count, inEnglish, inArabic, inFrench) => {
    expect(render(daysLength([count, count]), en)).toBe(inEnglish);
    expect(render(daysLength([count, count]), ar)).toBe(inArabic);
    expect(render(daysLength([count, count]), fr)).toBe(inFrench);
  });
});
