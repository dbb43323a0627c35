import { makeLanguage } from '#lib/i18n/language.ts';
import { isLocale } from '#lib/i18n/locales.ts';
import { loadMessages, type MessageKey } from '#lib/i18n/messages.ts';

/** The words of one language as a person finds them on the screen. */
export interface Words {
  readonly locale: 'en' | 'ar' | 'fr';
  readonly t: (key: MessageKey, values?: Record<string, string | number>) => string;
}

export async function wordsOf(project: string): Promise<Words> {
  const locale = isLocale(project) ? project : 'en';
  const messages = await loadMessages(locale);
  const { t } = makeLanguage({ locale, digits: 'latn', messages, country: 'SYR' });
  return { locale, t };
}

/** Text with Latin digits and plain spaces, so that either digits a person chose compare alike. */
export function plain(text: string): string {
  return text
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll(/[\u00a0\u202f\u2009]/g, ' ')
    .replaceAll(/[\u2066-\u2069\u200e\u200f]/g, '')
    .replaceAll('٬', ',');
}
