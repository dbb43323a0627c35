import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { describe, expect, test } from 'vitest';
import { formatMessage, type MessageValues } from './message-format.ts';
import { intlTag, LOCALES, type Digits, type Locale } from './locales.ts';
import { parseMessage } from './parse-message.ts';

const COUNTS = [0, 1, 2, 3, 5, 11, 99, 100, 101, 1_000_000, 1.5] as const;

function grammarOf(tag: string) {
  const numbers = new Intl.NumberFormat(tag);
  const plurals = new Intl.PluralRules(tag);
  return {
    number: (value: number) => numbers.format(value),
    form: (value: number) => plurals.select(value),
  };
}

/** The values that a message asks for, and what each is tried with. */
function triedWith(
  elements: readonly MessageFormatElement[],
  into = new Map<string, Set<string>>(),
) {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    if (element.type === TYPE.tag) throw new Error('no message has tags');
    const tried = into.get(element.value) ?? new Set<string>();
    into.set(element.value, tried);
    if (element.type === TYPE.plural || element.type === TYPE.number) tried.add('#');
    if (element.type !== TYPE.plural && element.type !== TYPE.select) continue;
    for (const [form, option] of Object.entries(element.options)) {
      if (element.type === TYPE.select) tried.add(form);
      triedWith(option.value, into);
    }
  }
  return into;
}

/** Each value in all its forms, the others beside it in their first, second, … */
function casesOf(text: string): readonly MessageValues[] {
  const tried = [...triedWith(parse(text, { ignoreTag: true }))].map(([name, forms]) => {
    const words = [...forms].filter((form) => form !== '#');
    const values: readonly (string | number)[] = forms.has('#')
      ? COUNTS
      : words.length > 0
        ? [...words, 'elsewhere']
        : ['X', 7, ''];
    return { name, values };
  });
  if (tried.length === 0) return [{}];
  return COUNTS.flatMap((_count, shift) =>
    COUNTS.map((_other, i) =>
      Object.fromEntries(
        tried.map(({ name, values }, at) => [
          name,
          values[(i + at * shift) % values.length] as string | number,
        ]),
      ),
    ),
  );
}

const LANGUAGES = LOCALES.flatMap((locale) =>
  (['latn', 'arab'] as const).map((digits): [Locale, Digits] => [locale, digits]),
);

describe.each(LANGUAGES)('every message of %s in %s digits', (locale, digits) => {
  test('says what ICU says of it, whatever its values are', () => {
    const tag = intlTag(locale, digits);
    const texts: Record<string, string> = JSON.parse(
      readFileSync(new URL(`./messages/${locale}.json`, import.meta.url), 'utf8'),
    );
    const grammar = grammarOf(tag);
    for (const [key, text] of Object.entries(texts)) {
      const message = parseMessage(text);
      const icu = new IntlMessageFormat(text, tag, undefined, { ignoreTag: true });
      for (const values of casesOf(text)) {
        const said = formatMessage(message, values, grammar);
        if (said !== icu.format(values)) {
          expect({ key, values, said }).toEqual({ key, values, said: icu.format(values) });
        }
      }
    }
  });
});

const say = (text: string, values?: MessageValues): string =>
  formatMessage(parseMessage(text), values, grammarOf('en-GB'));

test('an exact number stands before the form of the language, an offset is taken off', () => {
  const text =
    '{n, plural, offset:1 =0 {nobody} =1 {one alone} one {and # more} other {and # more!}}';
  expect([0, 1, 2, 3].map((n) => say(text, { n }))).toEqual([
    'nobody',
    'one alone',
    'and 1 more',
    'and 2 more!',
  ]);
});

test('a quoted bracket is a bracket, and a number has the digits of the reader', () => {
  expect(say("'{'n'}' is {n, number}", { n: 20_000 })).toBe('{n} is 20,000');
});

test('a value that is called like something of every object has no form of its own', () => {
  expect(say('{kind, select, a {A} other {another}}', { kind: 'constructor' })).toBe('another');
});

test('a value that is missing is a fault, not a gap in a sentence', () => {
  expect(() => say('{name} came')).toThrow('name');
  expect(() => say('{name} came', { other: 'X' })).toThrow('name');
});

test('what the build cannot turn into parts fails it', () => {
  expect(() => parseMessage('{day, date}')).toThrow('day');
  expect(() => parseMessage('{n, selectordinal, other {#th}}')).toThrow('"n"');
  expect(() => parseMessage('{n, number, percent}')).toThrow('"n"');
  expect(() => parseMessage('{n')).toThrow();
});
