import type { Locality } from '#lib/domain/records/dataset.ts';
import type { Locale } from '#lib/i18n/locales.ts';

export interface ShownName {
  readonly text: string;
  readonly lang: string | undefined;
}

/** A name in the script of the reader, and the other one to stand beside it. */
export interface LocalityName {
  readonly main: ShownName;
  readonly other: ShownName | null;
}

/** The names of a place for a reader. Without one in his script, the name as it is recorded. */
export function localityName(locality: Locality, locale: Locale): LocalityName {
  const latin: ShownName = { text: locality.names?.[locale] ?? locality.name, lang: undefined };
  const arabic = locality.names?.['ar'];
  if (arabic === undefined || arabic === locality.name) return { main: latin, other: null };
  const shownArabic: ShownName = { text: arabic, lang: 'ar' };
  if (locale !== 'ar') return { main: latin, other: shownArabic };
  return { main: shownArabic, other: { text: locality.name, lang: 'en' } };
}

/** The one name alone, for lists and sentences. */
export function localityText(locality: Locality, locale: Locale): string {
  return localityName(locality, locale).main.text;
}
