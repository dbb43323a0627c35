/** statements: what the indicators found, as sentences: data first, then text in a language. */
import type { MessageKey } from '#lib/i18n/messages.ts';

/** A message and what stands in it: plain data, that screens can take apart and exports can keep. */
export interface Sentence {
  readonly kind: 'sentence';
  readonly key: MessageKey;
  readonly values: Readonly<Record<string, Part>>;
}

/** Text and numbers stand as they are: names that sources gave, and counts that choose a plural. */
export type Part =
  string | number | Sentence | DatePart | NumberPart | PercentPart | NamesPart | ListPart;

export interface DatePart {
  readonly kind: 'date';
  /** EDTF; said as precisely as it is known. */
  readonly edtf: string;
}

/** A number in the reader's digits, grouped. */
export interface NumberPart {
  readonly kind: 'number';
  readonly value: number;
}

/** A share of one, as a whole percentage in the reader's digits. */
export interface PercentPart {
  readonly kind: 'percent';
  readonly value: number;
}

/** Records by their ids, named in the reader's language: "Arbin and Zamalka". */
export interface NamesPart {
  readonly kind: 'localities' | 'organisations';
  readonly ids: readonly string[];
  /** `given`: an order that somebody chose; otherwise as the reader's language sorts. */
  readonly order: 'given' | 'by_name';
}

export interface ListPart {
  readonly kind: 'list';
  readonly items: readonly Part[];
}

export const sentence = (
  key: MessageKey,
  values: Readonly<Record<string, Part>> = {},
): Sentence => ({ kind: 'sentence', key, values });

export const datePart = (edtf: string): DatePart => ({ kind: 'date', edtf });

export const numberPart = (value: number): NumberPart => ({ kind: 'number', value });

export const localitiesPart = (
  ids: readonly string[],
  order: NamesPart['order'] = 'by_name',
): NamesPart => ({ kind: 'localities', ids, order });

export const listPart = (items: readonly Part[]): ListPart => ({ kind: 'list', items });

export const percentPart = (value: number): PercentPart => ({ kind: 'percent', value });
