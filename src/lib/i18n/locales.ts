/** The languages of Crossline. A language is one file in messages/, and a row here. */

export const LOCALES = ['en', 'ar', 'fr'] as const;
export type Locale = (typeof LOCALES)[number];
export type Direction = 'ltr' | 'rtl';
export type Digits = 'latn' | 'arab';

/** The languages by their own names. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = {
  en: 'English',
  ar: 'العربية',
  fr: 'Français',
};

export function isLocale(text: string | null | undefined): text is Locale {
  return LOCALES.some((locale) => locale === text);
}

export function directionOf(locale: Locale): Direction {
  return locale === 'ar' ? 'rtl' : 'ltr';
}

/** The digits that readers of a language are used to. */
export function usualDigits(locale: Locale): Digits {
  return locale === 'ar' ? 'arab' : 'latn';
}

/** The first of a browser's languages that Crossline speaks; English when there is none. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    const short = language.toLowerCase().split('-', 1)[0];
    if (isLocale(short)) return short;
  }
  return 'en';
}

/** Countries (ISO 3166 alpha-3) whose Arabic months are the Levantine ones (كانون الثاني …), by region. */
const LEVANT: Readonly<Record<string, string>> = {
  SYR: 'ar-SY',
  LBN: 'ar-LB',
  JOR: 'ar-JO',
  PSE: 'ar-PS',
  IRQ: 'ar-IQ',
};

/**
 * The tag for Intl: months by country, the calendar and the digits pinned, whatever the device
 * would choose by itself.
 */
export function intlTag(locale: Locale, digits: Digits, country = 'SYR'): string {
  const region = { en: 'en-GB', fr: 'fr-FR', ar: LEVANT[country] ?? 'ar-EG' };
  return `${region[locale]}-u-ca-gregory-nu-${digits}`;
}
