import { makeLanguage } from '#lib/i18n/language.ts';
import type { Digits, Locale } from '#lib/i18n/locales.ts';
import { loadMessages } from '#lib/i18n/messages.ts';
import type { Reader } from '#lib/statements/render.ts';

const NAMES: Readonly<Record<string, { readonly en: string; readonly ar: string }>> = {
  arbin: { en: 'Arbin', ar: 'عربين' },
  zamalka: { en: 'Zamalka', ar: 'زملكا' },
  kafrbatna: { en: 'Kafr Batna', ar: 'كفر بطنا' },
};

/** A reader who knows three places; anything else is called by its id. */
export async function readerOf(locale: Locale, digits: Digits = 'latn'): Promise<Reader> {
  const messages = await loadMessages(locale);
  return {
    language: makeLanguage({ locale, digits, messages, country: 'SYR' }),
    localityName: (id) => NAMES[id]?.[locale === 'ar' ? 'ar' : 'en'] ?? id,
    organisationName: (id) => id,
  };
}
