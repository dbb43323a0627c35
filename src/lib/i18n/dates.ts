/** Partial dates in words. What comes in is canonical EDTF: one date or `a/b`, `~` where approximate. */

/** `long`: 29 June 2016 · `short`: 29 Jun 2016 · `day`: 29 June · `weekday`: Wednesday 29 June 2016. */
export type DateStyle = 'long' | 'short' | 'day' | 'weekday';

/** Languages put other words before a day than before a month. */
export type DateKind = 'day' | 'month' | 'year' | 'interval';

interface Part {
  readonly date: Date;
  readonly precision: 'day' | 'month' | 'year';
}

/** A partial date in words, never more precise than it is: `2012-11` has no day, in no language. */
export function formatDate(
  edtf: string,
  style: DateStyle,
  tag: string,
  about: (date: string, kind: DateKind) => string,
): string {
  const approximate = edtf.includes('~');
  const parts = edtf.replaceAll('~', '').split('/').map(readPart);
  const [from, to] = parts;
  if (!from || parts.some((part) => part === undefined)) return edtf;
  const text = to
    ? formatInterval(from, to, style, tag)
    : formatOf(from, style, tag).format(from.date);
  const written = tag.startsWith('fr') ? withFrenchFirst(text) : text;
  return approximate ? about(written, to ? 'interval' : from.precision) : written;
}

/** French counts the first day of a month as an ordinal, which Intl does not know. */
const withFrenchFirst = (text: string): string =>
  text.replaceAll(/(?<![\d–])1 (?=\p{Ll})/gu, '1er ');

function formatInterval(from: Part, to: Part, style: DateStyle, tag: string): string {
  if (from.precision === to.precision) {
    return formatOf(from, style, tag)
      .formatRange(from.date, to.date)
      .replaceAll(/(?<=\p{Nd})\s*–\s*(?=\p{Nd}+ )/gu, '–')
      .replaceAll('\u2009', ' ');
  }
  return `${formatOf(from, style, tag).format(from.date)} – ${formatOf(to, style, tag).format(to.date)}`;
}

function readPart(text: string): Part | undefined {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day] = match;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), month ? Number(month) - 1 : 0, day ? Number(day) : 1);
  return { date, precision: day ? 'day' : month ? 'month' : 'year' };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf({ precision }: Part, style: DateStyle, tag: string): Intl.DateTimeFormat {
  const key = `${tag} ${precision} ${style}`;
  let format = formats.get(key);
  if (!format) {
    const month = style === 'short' ? 'short' : 'long';
    const options: Intl.DateTimeFormatOptions = { timeZone: 'UTC' };
    if (precision !== 'year') options.month = month;
    if (precision === 'day') options.day = 'numeric';
    if (precision !== 'day' || style !== 'day') options.year = 'numeric';
    if (precision === 'day' && style === 'weekday') options.weekday = 'long';
    format = new Intl.DateTimeFormat(tag, options);
    formats.set(key, format);
  }
  return format;
}
