import {
  isPluralElement,
  isSelectElement,
  type MessageFormatElement,
  parse,
} from '@formatjs/icu-messageformat-parser';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LOCALES, type Locale } from '#lib/i18n/locales.ts';
import type { MessageKey } from '#lib/i18n/messages.ts';
import { readerOf } from '../../../tests/support/readers.ts';

/** Messages of sentences: what screens alone say is not looked at here. */
const OF_SENTENCES =
  /^(claim|coverage|cumulative|disagree|duplicate|duration|figure|funnel|incidents|leftOut|placesOf|reach|reachCaveat|records|removed|removedCaveat|requestCaveat|sitrep|supply|supplyCaveat|unit)\./;
const COUNTS = [0, 1, 2, 3, 11, 100] as const;
/** The noun alone, which stands below its number. */
const WITHOUT_NUMBER = 'unit.daysAlone';
/** Counts that Arabic may say by the form of the noun alone. */
const SAID_BY_THE_NOUN: ReadonlySet<number> = new Set([1, 2]);

const textsOf = (locale: Locale): Record<string, string> =>
  JSON.parse(readFileSync(`src/lib/i18n/messages/${locale}.json`, 'utf8'));

function* elementsIn(elements: readonly MessageFormatElement[]): Generator<MessageFormatElement> {
  for (const element of elements) {
    yield element;
    if (!isPluralElement(element) && !isSelectElement(element)) continue;
    for (const option of Object.values(element.options)) yield* elementsIn(option.value);
  }
}

/** Every value that a message asks for, and those of them that choose a plural. */
function valuesOf(text: string) {
  const elements = [...elementsIn(parse(text, { ignoreTag: true }))];
  const named = elements.flatMap((one) => ('value' in one && one.type !== 0 ? [one.value] : []));
  const plurals = new Set(elements.filter(isPluralElement).map(({ value }) => value));
  return { names: new Set(named), plurals };
}

describe.each(LOCALES)('sentences that count, in %s', (locale: Locale) => {
  test('say 0, 1, 2, 3, 11 and 100, each with its own form', async () => {
    const texts = textsOf(locale);
    const { language } = await readerOf(locale);
    let counting = 0;
    for (const key of Object.keys(texts).filter((one) => OF_SENTENCES.test(one))) {
      const { names, plurals } = valuesOf(texts[key] ?? '');
      if (plurals.size === 0 || key === WITHOUT_NUMBER) continue;
      counting += 1;
      const said = COUNTS.map((count) => {
        const others = [...names].map((name) => [name, name === 'figure' ? String(count) : 'X']);
        const counts = [...plurals].map((name) => [name, count]);
        const numbers = ['count', 'certain', 'ended', 'given', 'without', 'hours', 'size']
          .filter((name) => names.has(name) && !plurals.has(name))
          .map((name) => [name, 7]);
        const values = Object.fromEntries([...others, ...numbers, ...counts]) as Record<
          string,
          number
        >;
        return { count, text: language.t(key as MessageKey, values) };
      });
      for (const { count, text } of said) {
        const isSaid = text.includes(String(count));
        const byNoun = locale === 'ar' && SAID_BY_THE_NOUN.has(count);
        const inWords = key.startsWith('duration.') || (locale === 'ar' && count === 0);
        expect({ key, count, isSaid: isSaid || byNoun || inWords }).toEqual({
          key,
          count,
          isSaid: true,
        });
        expect(text).not.toMatch(/undefined|NaN|#|\{/);
      }
      // No length of no years is ever said in years.
      const told = said.filter(({ count }) => count > 0 || !key.startsWith('duration.'));
      expect(new Set(told.map(({ text }) => text)).size, key).toBe(told.length);
    }
    expect(counting).toBeGreaterThan(40);
  });
});

test('Arabic has a noun of its own for one, two, few, many and the rest', async () => {
  const { language } = await readerOf('ar');
  const said = COUNTS.map((count) => language.t('leftOut.report_without_convoy', { count }));
  expect(said.map((text) => text.replace('استُبعد: ', '').replace(' بلا قافلة', ''))).toEqual([
    '0 تقرير',
    'تقرير واحد',
    'تقريران',
    '3 تقارير',
    '11 تقريراً',
    '100 تقرير',
  ]);
});
