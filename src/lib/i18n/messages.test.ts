import { readFileSync } from 'node:fs';
import {
  isPluralElement,
  isSelectElement,
  type MessageFormatElement,
  parse,
} from '@formatjs/icu-messageformat-parser';
import { describe, expect, test } from 'vitest';
import { LOCALES, type Locale } from './locales.ts';
import { loadMessages, type Messages } from './messages.ts';
import { parseMessage } from './parse-message.ts';

const textsOf = (locale: Locale): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`./messages/${locale}.json`, import.meta.url), 'utf8'));
const TEXTS = { en: textsOf('en'), ar: textsOf('ar'), fr: textsOf('fr') };
/** Parsed when built, as the application gets them. */
const MESSAGES: Readonly<Record<Locale, Messages>> = {
  en: await loadMessages('en'),
  ar: await loadMessages('ar'),
  fr: await loadMessages('fr'),
};
const KEYS = Object.keys(TEXTS.en);

const PLURAL_FORMS: Readonly<Record<Locale, readonly string[]>> = {
  en: ['one', 'other'],
  ar: ['zero', 'one', 'two', 'few', 'many', 'other'],
  fr: ['one', 'other'],
};

/** Words that really are the same in two languages; every other copy was forgotten. */
const SAME_WORD = new Set([
  'accessible',
  'agriculture',
  'badge',
  'camp',
  'conditions',
  'contacts',
  'convoi',
  'date',
  'incident',
  'inspection',
  'latitude',
  'longitude',
  'minuteminutes',
  'note',
  'notes',
  'nutrition',
  'organisation',
  'organisations',
  'pcode',
  'population',
  'position',
  'protection',
  'source',
  'type',
]);

function* elementsIn(elements: readonly MessageFormatElement[]): Generator<MessageFormatElement> {
  for (const element of elements) {
    yield element;
    if (!isPluralElement(element) && !isSelectElement(element)) continue;
    for (const option of Object.values(element.options)) yield* elementsIn(option.value);
  }
}

const elementsOf = (locale: Locale, key: string): MessageFormatElement[] => [
  ...elementsIn(parse(TEXTS[locale][key] ?? '', { ignoreTag: true })),
];

/** What a message says in words, without the syntax around it. */
const wordsOf = (locale: Locale, key: string): string =>
  elementsOf(locale, key)
    .map((element) => (element.type === 0 ? element.value : ''))
    .join('')
    .replace(/[^\p{L}]/gu, '');

const placeholdersOf = (locale: Locale, key: string): string[] =>
  [
    ...new Set(
      elementsOf(locale, key).flatMap((element) =>
        element.type === 0 || element.type === 7 ? [] : element.value,
      ),
    ),
  ].sort();

describe.each(LOCALES)('the messages of %s', (locale) => {
  test('come parsed from the build', () => {
    const parsed = KEYS.map((key) => [key, parseMessage(TEXTS[locale][key] ?? '')]);
    expect(MESSAGES[locale]).toEqual(Object.fromEntries(parsed));
  });

  test('are the same messages, sorted, and each is ICU with the same placeholders', () => {
    const keys = Object.keys(TEXTS[locale]);
    expect(keys).toEqual(KEYS);
    expect(keys).toEqual([...keys].sort((a, b) => (a < b ? -1 : 1)));
    for (const key of KEYS) {
      expect({ key, names: placeholdersOf(locale, key) }).toEqual({
        key,
        names: placeholdersOf('en', key),
      });
    }
  });

  test('have every plural form wherever they count', () => {
    const missing = KEYS.flatMap((key) =>
      elementsOf(locale, key)
        .filter(isPluralElement)
        .filter(({ pluralType }) => pluralType !== 'ordinal')
        .flatMap(({ options }) =>
          PLURAL_FORMS[locale].filter((form) => !Object.hasOwn(options, form)),
        )
        .map((form) => `${key}: ${form}`),
    );
    expect(missing).toEqual([]);
  });

  test('lose no count inside a select, where # means nothing', () => {
    const lost = KEYS.filter((key) =>
      elementsOf(locale, key)
        .filter(isSelectElement)
        .some((select) =>
          Object.values(select.options).some(({ value }) => value.some(({ type }) => type === 7)),
        ),
    );
    expect(lost).toEqual([]);
  });

  test('are written with the signs of the language', () => {
    const wrong = KEYS.filter((key) => {
      const text = TEXTS[locale][key] ?? '';
      // A typewriter's apostrophe is also ICU's quote: it swallows what follows.
      if (/'/.test(text)) return true;
      if (locale === 'fr')
        return /[^\u00a0\u202f\s][:;!?](?=\s|$)|\u0020[:;!?](?=\s|$)/u.test(text);
      return locale === 'ar' && /\p{Script=Arabic}[,;?]/u.test(text);
    });
    expect(wrong).toEqual([]);
  });
});

test.each(['ar', 'fr'] as const)('%s has no English left in it', (locale) => {
  const copies = KEYS.filter((key) => {
    const words = wordsOf('en', key);
    return (
      words.length > 1 && words === wordsOf(locale, key) && !SAME_WORD.has(words.toLowerCase())
    );
  });
  expect(copies).toEqual([]);
});
