import type { Dataset } from '#lib/domain/records/dataset.ts';
import { makeLanguage } from '#lib/i18n/language.ts';
import { type Locale, usualDigits } from '#lib/i18n/locales.ts';
import { loadMessages } from '#lib/i18n/messages.ts';
import type { Reader } from '#lib/statements/render.ts';

/** Whom a report is for: the language with its usual digits, and names as it has them. */
export async function readerFor(dataset: Dataset, locale: Locale): Promise<Reader> {
  const messages = await loadMessages(locale);
  const country = [...dataset.operation.values()][0]?.country;
  const language = makeLanguage({
    locale,
    digits: usualDigits(locale),
    messages,
    ...(country === undefined ? {} : { country }),
  });
  return {
    language,
    localityName: (id) => {
      const locality = dataset.locality.get(id);
      return locality?.names?.[locale] ?? locality?.name ?? id;
    },
    organisationName: (id) => {
      const organisation = dataset.organisation.get(id);
      return organisation?.acronym ?? organisation?.name ?? id;
    },
  };
}
