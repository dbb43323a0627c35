import type { Language } from '#lib/i18n/language.ts';
import type { NamesPart, Part, Sentence } from './sentence.ts';

/** Whom a sentence is for: the language, and how records are called in it. */
export interface Reader {
  readonly language: Language;
  readonly localityName: (id: string) => string;
  /** By id; what is no id (a lens may name an acronym) is given back as it is. */
  readonly organisationName: (id: string) => string;
  /** Sets off names, quoted words and ranges with invisible signs, for text that becomes HTML. */
  readonly isolates?: boolean;
}

/** First strong isolate, right-to-left isolate, pop: what a `<bdi>` is in plain text (UAX 9). */
export const ISOLATES = { any: '\u2068', rightToLeft: '\u2067', end: '\u2069' } as const;

/** The text of a sentence. It begins in lower case, so that it can stand after a colon or a name. */
export function render(sentence: Sentence, reader: Reader): string {
  const values = Object.entries(sentence.values).map(([name, part]) => [
    name,
    typeof part === 'number' ? part : renderPart(part, reader),
  ]);
  const text = reader.language.t(
    sentence.key,
    Object.fromEntries(values) as Record<string, string | number>,
  );
  // In Arabic the lesser of a range stands first in reading order: on the right.
  return sentence.key === 'figure.range' ? isolated(text, reader, 'rightToLeft') : text;
}

/** Set off, where the reader wants it and writes from right to left. */
const isolated = (text: string, reader: Reader, how: 'any' | 'rightToLeft'): string =>
  reader.isolates && reader.language.direction === 'rtl' && text !== ''
    ? `${ISOLATES[how]}${text}${ISOLATES.end}`
    : text;

/** The same, standing by itself: its first letter is a capital where the script has capitals. */
export function renderAlone(sentence: Sentence, reader: Reader): string {
  const text = render(sentence, reader);
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0x20);
  return text === ''
    ? text
    : first.toLocaleUpperCase(reader.language.locale) + text.slice(first.length);
}

/** The text of a part alone: a number, a share, names. */
export function renderPart(part: Part, reader: Reader): string {
  if (typeof part === 'string') return isolated(part, reader, 'any');
  const { language } = reader;
  if (typeof part === 'number') return language.number(part);
  switch (part.kind) {
    case 'sentence':
      return render(part, reader);
    case 'date':
      return language.date(part.edtf);
    case 'number':
      return language.number(part.value);
    case 'percent':
      return language.percent(part.value);
    case 'localities':
      return renderNames(part, reader.localityName, reader);
    case 'organisations':
      return renderNames(part, reader.organisationName, reader);
    case 'list':
      return language.list(part.items.map((item) => renderPart(item, reader)));
  }
}

function renderNames(
  { ids, order }: NamesPart,
  nameOf: (id: string) => string,
  reader: Reader,
): string {
  const { language } = reader;
  const names = ids.map(nameOf);
  const ordered = order === 'given' ? names : names.sort(language.compare);
  return language.list(ordered.map((name) => isolated(name, reader, 'any')));
}
