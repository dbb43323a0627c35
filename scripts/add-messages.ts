import { readFileSync, writeFileSync } from 'node:fs';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';

/**
 * Adds or replaces messages in all languages at once, from JSON on standard input:
 *   {"nav.log": {"en": "Log", "ar": "تسجيل", "fr": "Saisir"}, …}
 * A key with null is removed. Nothing is written when a text is not ICU, a language is missing, or
 * the placeholders differ; nor, without `--replace`, where a key has another text already: two
 * people may have chosen the same key for two things.
 */

const LOCALES = ['en', 'ar', 'fr'] as const;
type Texts = Record<(typeof LOCALES)[number], string>;

const input = JSON.parse(readFileSync(0, 'utf8')) as Record<string, Texts | null>;
const problems = Object.entries(input).flatMap(([key, texts]) => (texts ? check(key, texts) : []));
const files = LOCALES.map((locale) => {
  const url = new URL(`../src/lib/i18n/messages/${locale}.json`, import.meta.url);
  return { locale, url, messages: JSON.parse(readFileSync(url, 'utf8')) as Record<string, string> };
});
if (!process.argv.includes('--replace')) problems.push(...replacements());
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
for (const { locale, url, messages } of files) {
  for (const [key, texts] of Object.entries(input)) {
    if (texts) messages[key] = texts[locale];
    else delete messages[key];
  }
  const sorted = Object.entries(messages).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(url, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}
console.log(`${Object.keys(input).length} messages written`);

/** The texts on file that would be lost, one line each. */
function replacements(): string[] {
  return Object.entries(input).flatMap(([key, texts]) =>
    files.flatMap(({ locale, messages }) => {
      const old = messages[key];
      if (!texts || old === undefined || old === texts[locale]) return [];
      return [`"${key}" in ${locale} is already "${old}": --replace writes over it`];
    }),
  );
}

function check(key: string, texts: Texts): string[] {
  if (!/^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9_-]+)+$/.test(key)) return [`"${key}" is not a key`];
  const found: string[] = [];
  let names: string | undefined;
  for (const locale of LOCALES) {
    const text = texts[locale];
    if (typeof text !== 'string') return [`"${key}" has no ${locale}`];
    try {
      const here = [...placeholders(parse(text, { ignoreTag: true }))].sort().join(', ');
      names ??= here;
      if (here !== names)
        found.push(`"${key}": placeholders {${here}} in ${locale}, {${names}} in en`);
    } catch (cause) {
      found.push(`"${key}" in ${locale} is not ICU: ${String(cause)}`);
    }
  }
  return found;
}

function placeholders(elements: MessageFormatElement[], into = new Set<string>()): Set<string> {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    into.add(element.value);
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      for (const option of Object.values(element.options)) placeholders(option.value, into);
    }
  }
  return into;
}
