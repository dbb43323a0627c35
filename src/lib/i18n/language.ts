import { formatDate, type DateStyle } from './dates.ts';
import { directionOf, intlTag, type Digits, type Direction, type Locale } from './locales.ts';
import { formatMessage, type Message, type MessageValues } from './message-format.ts';
import type { MessageKey, Messages } from './messages.ts';
import { parseMessage } from './parse-message.ts';

export type { MessageValues };

/** One person's language: text, numbers, dates and lists, all in the same digits. */
export interface Language {
  readonly locale: Locale;
  readonly digits: Digits;
  readonly direction: Direction;
  /** For Intl: `ar-SY-u-ca-gregory-nu-arab`. */
  readonly tag: string;
  /** The text of a message. Throws for a key that no language has: that is a fault of ours. */
  t(key: MessageKey, values?: MessageValues): string;
  /** A count, grouped: 20,000 · ٢٠٬٠٠٠ · 20 000. */
  number(value: number): string;
  /** A share of one as a whole percentage: 3% · ٣٪ · 3 %. */
  percent(share: number): string;
  /** Least and greatest, the lesser first in reading order: 37–38. One number where they are equal. */
  range(least: number, greatest: number): string;
  /** A partial date in words, as precise as it is known: 29 June 2016, November 2012, about 2012. */
  date(edtf: string, style?: DateStyle): string;
  /** “Arbin and Zamalka”; `or`: “37 or 38”. */
  list(items: readonly string[], type?: 'and' | 'or'): string;
  /** For sorting names as readers of the language expect. */
  compare(a: string, b: string): number;
}

export interface LanguageOptions {
  readonly locale: Locale;
  readonly digits: Digits;
  readonly messages: Messages;
  /** ISO 3166 alpha-3, for the names of months in Arabic. */
  readonly country?: string;
  /** Stands in for a message that is still being loaded; without it one that is missing throws. */
  readonly missing?: () => string;
}

export function makeLanguage({
  locale,
  digits,
  messages,
  country,
  missing,
}: LanguageOptions): Language {
  const tag = intlTag(locale, digits, country);
  const parsed = new Map<string, Message>();
  const numbers = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 });
  const percents = new Intl.NumberFormat(tag, { style: 'percent' });
  const lists = {
    and: new Intl.ListFormat(tag, { type: 'conjunction' }),
    or: new Intl.ListFormat(tag, { type: 'disjunction' }),
  };
  const collator = new Intl.Collator(tag, { numeric: true });
  // Made when the first message needs them: the lock screen needs neither.
  let counts: Intl.NumberFormat | undefined;
  let plurals: Intl.PluralRules | undefined;
  const grammar = {
    number: (value: number): string => (counts ??= new Intl.NumberFormat(tag)).format(value),
    form: (value: number): string => (plurals ??= new Intl.PluralRules(tag)).select(value),
  };

  const t = (key: MessageKey, values?: MessageValues): string => {
    let message = parsed.get(key);
    if (message === undefined) {
      const found = messages[key];
      if (found === undefined) {
        if (missing) return missing();
        throw new Error(`no message "${key}" in ${locale}`);
      }
      message = typeof found === 'string' ? parseMessage(found) : found;
      parsed.set(key, message);
    }
    return formatMessage(message, values, grammar);
  };
  const number = (value: number): string => numbers.format(value);

  return {
    locale,
    digits,
    direction: directionOf(locale),
    tag,
    t,
    number,
    percent: (share) => percents.format(share),
    range: (least, greatest) =>
      least === greatest ? number(least) : `${number(least)}–${number(greatest)}`,
    date: (edtf, style = 'long') =>
      formatDate(edtf, style, tag, (date, kind) => t('date.about', { date, kind })),
    list: (items, type = 'and') => joined(lists[type].formatToParts(items)),
    compare: (a, b) => collator.compare(a, b),
  };
}

/** The Arabic "and" is a prefix; before a Latin letter it would hang in the air, so it stands apart. */
const joined = (parts: readonly { readonly value: string }[]): string =>
  parts
    .map(({ value }, i) => {
      const hangs =
        value.endsWith('و') && /^\u2068?\p{Script=Latin}/u.test(parts[i + 1]?.value ?? '');
      return hangs ? `${value} ` : value;
    })
    .join('');
