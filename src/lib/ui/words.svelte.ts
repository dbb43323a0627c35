import { createContext } from 'svelte';
import { formatDate, type DateStyle } from '#lib/i18n/dates.ts';
import { directionOf, localeTag, type Reading } from '#lib/i18n/locales.ts';
import { loadMessages, type MessageKey } from '#lib/i18n/messages.ts';
import { translator, type MessageValues, type Translate } from '#lib/i18n/translate.ts';

/** A number as it was given (records' figures): the qualifier, the number, the upper end of a range. */
export interface WrittenFigure {
  readonly q: '=' | '~' | '>' | '<' | '..';
  readonly n: number;
  readonly m?: number;
  readonly unit?: 'people' | 'families' | 'baskets';
}

export type CountedUnit = 'trucks' | 'people' | 'families' | 'baskets' | 'days' | 'reports';

/** Words, numbers and dates in the reader's language; what reads them is drawn again when it changes. */
export class Words {
  #translate: Translate = $state.raw() as Translate;
  #intl: IntlObjects = $state.raw() as IntlObjects;

  /** Loads a language and makes it the one that is read. The document's language follows. */
  async read(reading: Reading): Promise<void> {
    const messages = await loadMessages(reading.locale);
    this.#translate = translator(reading.locale, reading.digits, messages, reading.country);
    this.#intl = intlObjects(reading);
  }

  get reading(): Reading {
    return this.#translate.reading;
  }
  get translate(): Translate {
    return this.#translate;
  }
  get direction(): 'ltr' | 'rtl' {
    return directionOf(this.reading.locale);
  }
  get isRightToLeft(): boolean {
    return this.direction === 'rtl';
  }

  t = (key: MessageKey, values?: MessageValues): string => this.#translate(key, values);

  number(value: number): string {
    return this.#intl.number.format(value);
  }

  date(edtf: string, style: DateStyle = 'long'): string {
    return formatDate(edtf, style, this.#intl.tag, (date) => this.t('date.about', { date }));
  }

  /** The first letter, or the short name, of the month that a day lies in. */
  monthOf(isoDay: string, length: 'narrow' | 'short'): string {
    const format = length === 'narrow' ? this.#intl.narrowMonth : this.#intl.shortMonth;
    return format.format(new Date(`${isoDay}T00:00:00Z`));
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
    return this.#intl.lists[type].format(items);
  }

  compare(a: string, b: string): number {
    return this.#intl.collator.compare(a, b);
  }

  /** The number of a figure alone: `about 20,000`, `37–38`. The lesser stands first in reading order. */
  figure(figure: WrittenFigure): string {
    const text =
      figure.q === '..'
        ? `${this.number(figure.n)}–${this.number(figure.m ?? figure.n)}`
        : this.number(figure.n);
    return this.#qualified(figure, text);
  }

  /** A figure with what it counts: `about 20,000 people`, `37–38 trucks`, `1 day`. */
  counted(figure: WrittenFigure | number, unit: CountedUnit): string {
    const given = typeof figure === 'number' ? ({ q: '=', n: figure } as const) : figure;
    const number = this.figure(given.q === '..' ? given : { ...given, q: '=' });
    const top = given.q === '..' ? (given.m ?? given.n) : given.n;
    // Arabic has words for one and two things alone; after “about” and in a range the number stands.
    const count = given.q === '=' ? top : Math.max(3, top);
    return this.#qualified(given, this.t(`unit.${unit}`, { count, figure: number }));
  }

  /** People as a figure counts them: people, families or baskets. */
  people(figure: WrittenFigure): string {
    return this.counted(figure, figure.unit ?? 'people');
  }

  #qualified(figure: WrittenFigure, text: string): string {
    if (figure.q === '~') return this.t('figure.about', { figure: text });
    if (figure.q === '>') return this.t('figure.moreThan', { figure: text });
    if (figure.q === '<') return this.t('figure.fewerThan', { figure: text });
    return text;
  }
}

interface IntlObjects {
  readonly tag: string;
  readonly number: Intl.NumberFormat;
  readonly narrowMonth: Intl.DateTimeFormat;
  readonly shortMonth: Intl.DateTimeFormat;
  readonly year: Intl.DateTimeFormat;
  readonly time: Intl.DateTimeFormat;
  readonly dayTime: Intl.DateTimeFormat;
  readonly lists: Readonly<Record<'and' | 'or', Intl.ListFormat>>;
  readonly collator: Intl.Collator;
}

function intlObjects(reading: Reading): IntlObjects {
  const tag = localeTag(reading);
  const utc = { timeZone: 'UTC' } as const;
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return {
    tag,
    number: new Intl.NumberFormat(tag, { maximumFractionDigits: 2 }),
    narrowMonth: new Intl.DateTimeFormat(tag, { month: 'narrow', ...utc }),
    shortMonth: new Intl.DateTimeFormat(tag, { month: 'short', ...utc }),
    year: new Intl.DateTimeFormat(tag, { year: 'numeric', ...utc }),
    time: new Intl.DateTimeFormat(tag, clock),
    dayTime: new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', ...clock }),
    lists: {
      and: new Intl.ListFormat(tag, { type: 'conjunction' }),
      or: new Intl.ListFormat(tag, { type: 'disjunction' }),
    },
    collator: new Intl.Collator(tag, { numeric: true }),
  };
}

const [getWords, setWords] = createContext<Words>();
export { getWords, setWords };
