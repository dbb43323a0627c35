import { err, ok, type Result } from '../result.ts';
import { type Day, dayOf, daysInMonth, type Span } from './day.ts';

export type Precision = 'day' | 'month' | 'year' | 'interval';

/**
 * A date as precise as what is known, as EDTF (ISO 8601-2): `2016-06-29`, `2012-11`, `2012`, or an
 * interval `2014-07-14/2014-07-17`, some time within. It stands for a range of days.
 * `approximate` (a trailing `~`) widens nothing: it is a caveat.
 */
export interface PartialDate extends Span {
  /** Canonical: as written, without spaces around, `a/a` as `a`, `~` at the end. */
  readonly edtf: string;
  readonly approximate: boolean;
  readonly precision: Precision;
}

export interface PartialDateError {
  readonly type:
    | 'empty'
    | 'not_edtf'
    | 'no_such_month'
    | 'no_such_day'
    | 'year_out_of_range'
    | 'reversed_interval'
    | 'open_interval'
    | 'unsupported_edtf';
  readonly text: string;
}

interface Part extends Span {
  readonly text: string;
  readonly precision: 'day' | 'month' | 'year';
}

const PART = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
/** Parts of EDTF that say something else than these dates can hold: `20XX`, `2016?`, seasons, sets. */
const OTHER_EDTF = /^[\s\dXxYEST:.,+\-?%~/{}[\]]+$/;

function readPart(part: string, text: string): Result<Part, PartialDateError> {
  const match = PART.exec(part);
  if (!match) return err({ type: isOtherEdtf(part) ? 'unsupported_edtf' : 'not_edtf', text });
  const year = Number(match[1]);
  if (year === 0) return err({ type: 'year_out_of_range', text });
  if (match[2] === undefined) {
    const span = { earliest: dayOf(year, 1, 1), latest: dayOf(year, 12, 31) };
    return ok({ ...span, text: part, precision: 'year' });
  }
  const month = Number(match[2]);
  if (month >= 21 && month <= 41) return err({ type: 'unsupported_edtf', text });
  if (month < 1 || month > 12) return err({ type: 'no_such_month', text });
  const length = daysInMonth(year, month);
  if (match[3] === undefined) {
    const earliest = dayOf(year, month, 1);
    return ok({ earliest, latest: earliest + length - 1, text: part, precision: 'month' });
  }
  const dayOfMonth = Number(match[3]);
  if (dayOfMonth < 1 || dayOfMonth > length) return err({ type: 'no_such_day', text });
  const day = dayOf(year, month, dayOfMonth);
  return ok({ earliest: day, latest: day, text: part, precision: 'day' });
}

function isOtherEdtf(part: string): boolean {
  return OTHER_EDTF.test(part) && /\d{2}/.test(part) && /[XxYST:?%{}[\].,]/.test(part);
}

/**
 * Reads a date in EDTF: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or `a/b` with each end one of these, and a
 * trailing `~`. Years 1 to 9999. Open or reversed intervals and days that do not exist are errors
 * that say so; nothing is guessed.
 */
export function parsePartialDate(text: string): Result<PartialDate, PartialDateError> {
  const trimmed = text.trim();
  if (trimmed === '') return err({ type: 'empty', text });
  const ends = trimmed.split('/');
  if (ends.length > 2) return err({ type: 'not_edtf', text });
  if (ends.length === 2 && ends.some((end) => end === '' || end === '..' || end === '~')) {
    return err({ type: 'open_interval', text });
  }
  const approximate = ends.some((end) => end.endsWith('~'));
  const bare = ends.map((end) => (end.endsWith('~') ? end.slice(0, -1) : end));
  const from = readPart(bare[0] ?? '', text);
  if (!from.ok) return from;
  const tilde = approximate ? '~' : '';
  if (bare.length === 1 || bare[0] === bare[1]) {
    const { earliest, latest, precision } = from.value;
    return ok({ edtf: from.value.text + tilde, earliest, latest, approximate, precision });
  }
  const to = readPart(bare[1] ?? '', text);
  if (!to.ok) return to;
  const { earliest } = from.value;
  const { latest } = to.value;
  if (earliest > latest) return err({ type: 'reversed_interval', text });
  const edtf = `${from.value.text}/${to.value.text}${tilde}`;
  return ok({ edtf, earliest, latest, approximate, precision: 'interval' });
}

/** The same date without its `~`. */
export function withoutApproximate(date: PartialDate): PartialDate {
  if (!date.approximate) return date;
  return { ...date, edtf: date.edtf.slice(0, -1), approximate: false };
}

/** The same date with a `~`. */
export function withApproximate(date: PartialDate): PartialDate {
  return date.approximate ? date : { ...date, edtf: `${date.edtf}~`, approximate: true };
}

/**
 * Sort order: earliest day, then latest day, then the text. It puts overlapping dates in a row so
 * that lists are the same everywhere; it does not say which of them came first.
 */
export function comparePartialDates(a: PartialDate, b: PartialDate): number {
  if (a.earliest !== b.earliest) return a.earliest - b.earliest;
  if (a.latest !== b.latest) return a.latest - b.latest;
  return a.edtf < b.edtf ? -1 : a.edtf > b.edtf ? 1 : 0;
}

export interface CutDate {
  /** As it was written: a cut never makes a date look more precise than it is. */
  readonly date: PartialDate;
  readonly earliest: Day;
  readonly latest: Day;
  /** The range reaches past the as-of date: what happened then is possible, not certain. */
  readonly straddles: boolean;
}

/** The part of a date's range not after the as-of date; null when nothing of it is left. */
export function cutAt(date: PartialDate, asOf: Day): CutDate | null {
  const { earliest, latest } = date;
  if (earliest > asOf) return null;
  return { date, earliest, latest: Math.min(latest, asOf), straddles: latest > asOf };
}
