import { createContext } from 'svelte';
import type { DateStyle } from '#lib/i18n/dates.ts';
import { makeLanguage, type Language, type MessageValues } from '#lib/i18n/language.ts';
import { directionOf, intlTag, type Digits, type Locale } from '#lib/i18n/locales.ts';
import { loadMessageParts, type MessageKey, type Messages } from '#lib/i18n/messages.ts';

/** A number as it was given (records' figures): the qualifier, the number, the upper end of a range. */
export interface WrittenFigure {
  readonly q: '=' | '~' | '>' | '<' | '..';
  readonly n: number;
  readonly m?: number;
  readonly unit?: 'people' | 'families' | 'baskets';
}

export type CountedUnit =
  'trucks' | 'people' | 'families' | 'baskets' | 'days' | 'months' | 'reports';

/** How a person reads: what words, what digits, and the months of which country (Arabic has several). */
export interface Reading {
  readonly locale: Locale;
  readonly digits: Digits;
  readonly country?: string | undefined;
}

/** Words, numbers and dates in the reader's language; what reads them is drawn again when it changes. */
export class Words {
  #language: Language = $state.raw() as Language;
  #intl: IntlObjects = $state.raw() as IntlObjects;
  #messages: Messages = $state.raw() as Messages;
  #isWhole = $state(false);
  #wantsAll: boolean;
  #reading: Reading | undefined;

  /** `first`: the words of the first screens alone, until `readAll` (ADR 0125). */
  constructor(begin: 'first' | 'all' = 'all') {
    this.#wantsAll = begin === 'all';
  }

  /** Every screen has its words; before, the first ones alone (joining, the lock, logging). */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Loads a language and makes it the one that is read. */
  async read(reading: Reading): Promise<void> {
    this.#reading = reading;
    const { locale, digits, country } = reading;
    const isWhole = this.#wantsAll;
    const parts = await loadMessageParts(locale);
    const messages = isWhole ? await parts.all() : parts.first;
    // Another language was asked for meanwhile, or the rest of this one: that comes after.
    if (this.#language && (this.#reading !== reading || isWhole !== this.#wantsAll)) return;
    this.#language = makeLanguage({
      locale,
      digits,
      messages,
      ...(country ? { country } : {}),
      ...(isWhole ? {} : { missing: this.#missing }),
    });
    this.#isWhole = isWhole;
    this.#intl = intlObjects(intlTag(locale, digits, country));
    this.#messages = messages;
  }

  /** Loads the words of all screens, in this language and every one that is read after. */
  async readAll(): Promise<void> {
    if (this.#wantsAll) return;
    this.#wantsAll = true;
    if (this.#reading) await this.read(this.#reading);
  }

  /** A first screen says what is not of the first words: they come, and it is drawn again. */
  readonly #missing = (): string => {
    void this.readAll();
    return '';
  };

  /** For sentences (statements). */
  get language(): Language {
    return this.#language;
  }
  get locale(): Locale {
    return this.#language.locale;
  }
  get isRightToLeft(): boolean {
    return directionOf(this.locale) === 'rtl';
  }

  t = (key: MessageKey, values?: MessageValues): string => this.#language.t(key, values);

  /** Whether a word of an open list (a sector code that a newer app may know) has a message. */
  has(key: string): key is MessageKey {
    return Object.hasOwn(this.#messages, key);
  }

  number(value: number): string {
    return this.#language.number(value);
  }

  date(edtf: string, style: DateStyle = 'long'): string {
    return this.#language.date(edtf, style);
  }

  /** The whole name of the month that a day lies in. */
  monthOf(isoDay: string): string {
    return this.#intl.month.format(new Date(`${isoDay}T00:00:00Z`));
  }

  yearOf(isoDay: string): string {
    return this.#intl.year.format(new Date(`${isoDay}T00:00:00Z`));
  }

  /** Hours and minutes on this device's clock. */
  time(instant: Date): string {
    return this.#intl.time.format(instant);
  }

  /** An instant of another day than today needs its day. */
  dayAndTime(instant: Date, now: Date): string {
    const isSameDay = instant.toDateString() === now.toDateString();
    return isSameDay ? this.time(instant) : this.#intl.dayTime.format(instant);
  }

  list(items: readonly string[], type: 'and' | 'or' = 'and'): string {
    return this.#language.list(items, type);
  }

  compare(a: string, b: string): number {
    return this.#language.compare(a, b);
  }

  /** The number of a figure alone: `about 20,000`, `37–38`. The lesser stands first in reading order. */
  figure(figure: WrittenFigure): string {
    const text =
      figure.q === '..'
        ? this.#language.range(figure.n, figure.m ?? figure.n)
        : this.number(figure.n);
    return this.#qualified(figure, text);
  }

  /** A figure with what it counts: `about 20,000 people`, `37–38 trucks`, `1 day`. */
  counted(figure: WrittenFigure | number, unit: CountedUnit): string {
    const given = typeof figure === 'number' ? ({ q: '=', n: figure } as const) : figure;
    const values = { count: given.m ?? given.n, figure: this.figure(given) };
    // Arabic has words for one and two things alone; after “about” and in a range the number stands.
    if (given.q === '=') return this.t(`unit.${unit}`, values);
    const ofUnit = `figure.of.${unit}`;
    if (this.has(ofUnit)) return this.t(ofUnit, values);
    return this.t(`unit.${unit}`, { ...values, count: Math.max(3, values.count) });
  }

  /** People as a figure counts them: people, families or baskets. */
  people(figure: WrittenFigure): string {
    return this.counted(figure, figure.unit ?? 'people');
  }

  #qualified(figure: WrittenFigure, text: string): string {
    if (figure.q === '~') return this.t('figure.about', { number: text });
    if (figure.q === '>') return this.t('figure.moreThan', { number: text });
    if (figure.q === '<') return this.t('figure.fewerThan', { number: text });
    return text;
  }
}

interface IntlObjects {
  readonly month: Intl.DateTimeFormat;
  readonly year: Intl.DateTimeFormat;
  readonly time: Intl.DateTimeFormat;
  readonly dayTime: Intl.DateTimeFormat;
}

function intlObjects(tag: string): IntlObjects {
  const utc = { timeZone: 'UTC' } as const;
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return {
    month: new Intl.DateTimeFormat(tag, { month: 'long', ...utc }),
    year: new Intl.DateTimeFormat(tag, { year: 'numeric', ...utc }),
    time: new Intl.DateTimeFormat(tag, clock),
    dayTime: new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', ...clock }),
  };
}

const [getWords, setWords] = createContext<Words>();
export { getWords, setWords };
