import { dayToIso } from '#lib/domain/dates/day.ts';
import { parsePartialDate, type PartialDate } from '#lib/domain/dates/partial-date.ts';
import { err, type Result } from '#lib/domain/result.ts';
import { monthByName } from './month-names.ts';

/** Which of two numbers is the day where a date could be read both ways. Never guessed. */
export type DateOrder = 'dmy' | 'mdy';

type Read = Result<PartialDate, string>;

/** Excel's day 0 in days before 1970-01-01, in its calendar from 1900. */
const EXCEL_EPOCH = 25_569;
/** Serial numbers of the years 1955 to 2119; smaller numbers are years. */
const FIRST_SERIAL = 20_000;
const LAST_SERIAL = 80_000;

const latinDigits = (text: string): string =>
  text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0));

const two = (value: number | string): string => String(value).padStart(2, '0');

function edtf(text: string): Read {
  const read = parsePartialDate(text);
  return read.ok ? read : err(read.error.type);
}

function byNumbers(year: string, month: number, day: number): Read {
  if (month < 1 || month > 12) return err('no_such_month');
  return edtf(`${year}-${two(month)}-${two(day)}`);
}

/** `31/02/2016` with 31 as the day; `03/04/2016` only in a stated order. */
function fromSlashes(first: number, second: number, year: string, order?: DateOrder): Read {
  if (first > 12 && second > 12) return err('no_such_month');
  if (order === 'dmy') return byNumbers(year, second, first);
  if (order === 'mdy') return byNumbers(year, first, second);
  if (first > 12) return byNumbers(year, second, first);
  if (second > 12) return byNumbers(year, first, second);
  return first === second ? byNumbers(year, first, second) : err('ambiguous_date');
}

const YEAR_FIRST = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;
const MONTH_AND_YEAR = /^(\d{1,2})[/.-](\d{4})$/;
const DAY_NAME_YEAR = /^(\d{1,2})(?:st|nd|rd|th|er)?[\s-]+([^\d]+?)[\s,-]+(\d{4})$/iu;
const NAME_DAY_YEAR = /^([^\d]+?)[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/iu;
const NAME_YEAR = /^([^\d]+?)[\s,-]+(\d{4})$/u;

function fromWords(text: string): Read | null {
  const day = DAY_NAME_YEAR.exec(text) ?? undefined;
  const american = day ? undefined : (NAME_DAY_YEAR.exec(text) ?? undefined);
  const alone = day || american ? undefined : (NAME_YEAR.exec(text) ?? undefined);
  const name = day?.[2] ?? american?.[1] ?? alone?.[1];
  const year = day?.[3] ?? american?.[3] ?? alone?.[2];
  if (name === undefined || year === undefined) return null;
  const month = monthByName(name);
  if (month === undefined) return err('not_a_date');
  const number = day?.[1] ?? american?.[2];
  return number === undefined
    ? edtf(`${year}-${two(month)}`)
    : byNumbers(year, month, Number(number));
}

/**
 * Reads a date of a file: EDTF or ISO, `y/m/d`, `d/m/y` or `m/d/y`, months by name in English,
 * French and Arabic, an Excel serial; digits of any of our scripts, `~` at the end for about. What
 * could be read in two ways is the error `ambiguous_date` unless `order` says how.
 */
export function readDate(text: string, order?: DateOrder): Read {
  const latin = latinDigits(text).trim();
  const about = latin.endsWith('~');
  const bare = (about ? latin.slice(0, -1) : latin).replace(/[T ]00:00(?::00(?:\.0+)?)?Z?$/, '');
  const tilde = (read: Read): Read => (read.ok && about ? edtf(`${read.value.edtf}~`) : read);
  const asEdtf = parsePartialDate(bare + (about ? '~' : ''));
  if (asEdtf.ok) return asEdtf;
  const serial = /^\d{5}$/.test(bare) ? Number(bare) : 0;
  if (serial >= FIRST_SERIAL && serial <= LAST_SERIAL) {
    return tilde(edtf(dayToIso(serial - EXCEL_EPOCH)));
  }
  const yearFirst = YEAR_FIRST.exec(bare);
  if (yearFirst) {
    return tilde(byNumbers(yearFirst[1] ?? '', Number(yearFirst[2]), Number(yearFirst[3])));
  }
  const yearLast = YEAR_LAST.exec(bare);
  if (yearLast) {
    const [, first, second, year = ''] = yearLast;
    return tilde(fromSlashes(Number(first), Number(second), year, order));
  }
  const monthYear = MONTH_AND_YEAR.exec(bare);
  if (monthYear) return tilde(edtf(`${monthYear[2]}-${two(monthYear[1] ?? '')}`));
  const words = fromWords(bare);
  if (words) return tilde(words);
  return err(asEdtf.error.type === 'not_edtf' ? 'not_a_date' : asEdtf.error.type);
}
