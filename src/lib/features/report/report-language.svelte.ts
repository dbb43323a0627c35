import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import { type Locale, usualDigits } from '#lib/i18n/locales.ts';
import type { Reader } from '#lib/statements/render.ts';
import { Words } from '#lib/ui/words.svelte.ts';

/** The language of a report: the person who reads it is not the one who writes it. */
export class ReportLanguage {
  readonly words = new Words();
  /** null: its words are being fetched. */
  locale = $state<Locale | null>(null);
  readonly #operation: OpenOperation;

  constructor(operation: OpenOperation) {
    this.#operation = operation;
  }

  async choose(locale: Locale): Promise<void> {
    const [record] = this.#operation.records.dataset.operation.values();
    const country = record?.country;
    await this.words.read({ locale, digits: usualDigits(locale), country });
    this.locale = locale;
  }

  /** For whom its sentences are written; names as his language has them. */
  get reader(): Reader {
    const { dataset } = this.#operation.records;
    return {
      language: this.words.language,
      localityName: (id) => {
        const locality = dataset.locality.get(id);
        return locality?.names?.[this.words.locale] ?? locality?.name ?? id;
      },
      organisationName: (id) => {
        const organisation = dataset.organisation.get(id);
        return organisation?.acronym ?? organisation?.name ?? id;
      },
    };
  }
}
