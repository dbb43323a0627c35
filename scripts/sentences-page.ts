/** Writes docs/sentences.md: `node scripts/sentences-page.ts`. A test holds the page to the code. */
import { writeFileSync } from 'node:fs';
import { makeLanguage } from '#lib/i18n/language.ts';
import { LOCALE_NAMES, LOCALES, type Locale } from '#lib/i18n/locales.ts';
import { loadMessages } from '#lib/i18n/messages.ts';
import { type Reader, renderAlone } from '#lib/statements/render.ts';
import { SECTIONS } from './sentence-examples.ts';

const ARABIC_NAMES: Readonly<Record<string, string>> = {
  Zamalka: 'زملكا',
  Arbin: 'عربين',
  Darayya: 'داريا',
  'Kafr Batna': 'كفر بطنا',
};

async function readerOf(locale: Locale): Promise<Reader> {
  const messages = await loadMessages(locale);
  return {
    language: makeLanguage({ locale, digits: 'latn', messages, country: 'SYR' }),
    localityName: (id) => (locale === 'ar' && ARABIC_NAMES[id]) || id,
    organisationName: (id) => id,
  };
}

/** The page as it has to be: each pattern by the message it begins with, and in every language. */
export async function sentencesPage(): Promise<string> {
  const readers = await Promise.all(LOCALES.map(readerOf));
  const lines = [
    '# Sentences',
    '',
    'What Crossline can say of its results, one example for each pattern, for speakers to review.',
    'Written by `node scripts/sentences-page.ts`; the texts are in `src/lib/i18n/messages/`.',
  ];
  for (const { title, examples } of SECTIONS) {
    lines.push('', `## ${title}`, '');
    lines.push(`| pattern | ${LOCALES.map((locale) => LOCALE_NAMES[locale]).join(' | ')} |`);
    lines.push(`| --- |${' --- |'.repeat(LOCALES.length)}`);
    const rows = examples.map((example) => {
      const texts = readers.map((reader) => renderAlone(example, reader));
      return `| \`${example.key}\` | ${texts.join(' | ')} |`;
    });
    lines.push(...new Set(rows));
  }
  return `${lines.join('\n')}\n`;
}

if (import.meta.main) {
  writeFileSync(new URL('../docs/sentences.md', import.meta.url), await sentencesPage());
}
