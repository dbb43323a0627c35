import { readFileSync, writeFileSync } from 'node:fs';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';

/**
 * Adds or replaces messages in all languages at once, from JSON on standard input:
 *   {"nav.log": {"en": "Log", "ar": "تسجيل", "fr": "Saisir"}, …}
 * A key with null is removed. Nothing is written when a text is not ICU, a language is missing, or
 * the placeholders differ.
 */

const LOCALES = ['en', 'ar', 'fr'] as const;
type Texts = Record<(typeof LOCALES)[number], string>;

const input = JSON.parse(readFileSync(0, 'utf8')) as Record<string, Texts | null>;
const problems = Object.entries(input).flatMap(([key, texts]) => (texts ? check(key, texts) : []));
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
for (const locale of LOCALES) {
  const file = new URL(`../src/lib/i18n/messages/${locale}.json`, import.meta.url);
  const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  for (const [key, texts] of Object.entries(input)) {
    if (texts) messages[key] = texts[locale];
    else delete messages[key];
  }
  const sorted = Object.entries(messages).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}
console.log(`${Object.keys(input).length} messages written`);

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
