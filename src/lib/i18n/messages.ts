import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import type en from './messages/en.json';
import type { Locale } from './locales.ts';

/** Every key of en.json; the other languages have the same ones (a test holds them to it). */
export type MessageKey = keyof typeof en;

/**
 * The messages of a language: ICU text as it stands in the file, or the same parsed when the
 * application was built, so that no parser is sent to a phone.
 */
export type Messages = Readonly<Record<string, string | MessageFormatElement[]>>;

/** Loads one language alone. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  switch (locale) {
    case 'en':
      return (await import('./messages/en.json', { with: { type: 'json' } })).default;
    case 'ar':
      return (await import('./messages/ar.json', { with: { type: 'json' } })).default;
    case 'fr':
      return (await import('./messages/fr.json', { with: { type: 'json' } })).default;
  }
}
