import type { Language } from '#lib/i18n/language.ts';
import type { NamesPart, Part, Sentence } from './sentence.ts';

/** Whom a sentence is for: the language, and how records are called in it. */
export interface Reader {
  readonly language: Language;
  readonly localityName: (id: string) => string;
  /** By id; what is no id (a lens may name an acronym) is given back as it is. */
  readonly organisationName: (id: string) => string;
}

/** The text of a sentence. It begins in lower case, so that it can stand after a colon or a name. */
export function render(sentence: Sentence, reader: Reader): string {
  const values = Object.entries(sentence.values).map(([name, part]) => [
    name,
    typeof part === 'number' ? part : renderPart(part, reader),
  ]);
  return reader.language.t(
    sentence.key,
    Object.fromEntries(values) as Record<string, string | number>,
  );
}

/** The same, standing by itself: its first letter is a capital where the script has capitals. */
export function renderAlone(sentence: Sentence, reader: Reader): string {
  const text = render(sentence, reader);
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0x20);
  return text === ''
    ? text
    : first.toLocaleUpperCase(reader.language.locale) + text.slice(first.length);
}

function renderPart(part: Part, reader: Reader): string {
  if (typeof part === 'string') return part;
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
      return renderNames(part, reader.localityName, language);
    case 'organisations':
      return renderNames(part, reader.organisationName, language);
    case 'list':
      return language.list(part.items.map((item) => renderPart(item, reader)));
  }
}

function renderNames(
  { ids, order }: NamesPart,
  nameOf: (id: string) => string,
  language: Language,
): string {
  const names = ids.map(nameOf);
  return language.list(order === 'given' ? names : names.sort(language.compare));
}
