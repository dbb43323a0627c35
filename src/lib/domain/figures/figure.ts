import type { PEOPLE_UNITS } from '../records/vocabularies.ts';
import { err, ok, type Result } from '../result.ts';

export type PeopleUnit = (typeof PEOPLE_UNITS)[number];

/**
 * A number as it was given: `=` exactly, `~` about, `>` more than, `<` fewer than, `..` from `n` to
 * `m`. `unit` says what was counted where people are; without it, people (or trucks) themselves.
 */
export interface Figure {
  readonly q: '=' | '~' | '>' | '<' | '..';
  readonly n: number;
  readonly m?: number;
  readonly unit?: PeopleUnit;
}

export interface FigureError {
  readonly type:
    | 'empty'
    | 'not_a_number'
    | 'negative'
    | 'too_large'
    | 'ambiguous_separator'
    | 'unsupported_qualifier'
    | 'qualified_range'
    | 'reversed_range';
  readonly text: string;
}

/** What a record can hold (fields.ts): above it a number of people or kilograms is a slip. */
const LARGEST = 1_000_000_000_000;

/** Arabic-Indic and Persian digits, and the signs that stand for `-`, a group or a decimal point. */
function toLatinDigits(text: string): string {
  return text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u00a0\u2007\u2009\u202f]/g, ' ')
    .replace(/\u066c/g, ',')
    .replace(/\u066b/g, '٫');
}

const PLAIN = /^\d+$/;
/** Groups of three, by one and the same sign throughout. */
const GROUPED = /^\d{1,3}([, '’])\d{3}(?:\1\d{3})*$/;
const DECIMAL = /^(.+?)([.٫])(\d+)$/;

function readNumber(part: string, text: string): Result<number, FigureError> {
  if (/^-/.test(part)) return err({ type: 'negative', text });
  const decimal = DECIMAL.exec(part);
  const whole = decimal?.[1] ?? part;
  if (!PLAIN.test(whole) && !GROUPED.test(whole)) {
    const onlySeparators = /^\d[\d,.'’٫ ]*\d$/.test(part);
    return err({ type: onlySeparators ? 'ambiguous_separator' : 'not_a_number', text });
  }
  // "20.000" is twenty thousand to some and twenty to others.
  const isThreeAfterPoint = decimal?.[2] === '.' && decimal[3]?.length === 3;
  if (isThreeAfterPoint && /^[1-9]\d{0,2}$/.test(whole)) {
    return err({ type: 'ambiguous_separator', text });
  }
  const digits = whole.replace(/[^\d]/g, '');
  const value = Number(decimal ? `${digits}.${decimal[3]}` : digits);
  return value > LARGEST ? err({ type: 'too_large', text }) : ok(value);
}

/**
 * Reads `20000`, `~20000`, `>115`, `<50` or `4000-8000`, in Latin, Arabic-Indic or Persian digits,
 * with thousands separated by comma, space or apostrophe. What could be read in two ways, negative
 * numbers and numbers above a million million are refused, with the reason.
 */
export function parseFigure(text: string, unit?: PeopleUnit): Result<Figure, FigureError> {
  const written = toLatinDigits(text).trim();
  if (written === '') return err({ type: 'empty', text });
  const withUnit = unit === undefined ? {} : { unit };
  const qualifier = /^[~≈><=≥≤]+/.exec(written)?.[0] ?? '';
  const bare = written.slice(qualifier.length).trim();
  const range = /^(\d[^-]*)-\s*(\d.*)$/.exec(bare);
  if (range) {
    if (qualifier !== '') return err({ type: 'qualified_range', text });
    const from = readNumber((range[1] ?? '').trim(), text);
    if (!from.ok) return from;
    const to = readNumber((range[2] ?? '').trim(), text);
    if (!to.ok) return to;
    if (from.value > to.value) return err({ type: 'reversed_range', text });
    if (from.value === to.value) return ok({ q: '=', n: from.value, ...withUnit });
    return ok({ q: '..', n: from.value, m: to.value, ...withUnit });
  }
  const number = readNumber(bare, text);
  if (!number.ok) return number;
  const n = number.value;
  if (qualifier === '' || qualifier === '=') return ok({ q: '=', n, ...withUnit });
  if (qualifier === '~' || qualifier === '≈') return ok({ q: '~', n, ...withUnit });
  if (qualifier === '>' || qualifier === '<') return ok({ q: qualifier, n, ...withUnit });
  return err({ type: 'unsupported_qualifier', text });
}

function numberToText(value: number): string {
  const text = String(value);
  const plain = text.includes('e') ? value.toFixed(20).replace(/0+$/, '').replace(/\.$/, '') : text;
  // So that our own text is never one that we would have to call ambiguous.
  return /^[1-9]\d{0,2}\.\d{3}$/.test(plain) ? `${plain}0` : plain;
}

/** The text form that `parseFigure` reads back; the unit is told beside it. */
export function figureToText(figure: Figure): string {
  const { q, n, m } = figure;
  if (q === '..') return `${numberToText(n)}-${numberToText(m ?? n)}`;
  return (q === '=' ? '' : q) + numberToText(n);
}

export interface FigureBounds {
  readonly min: number;
  /** null: there is no telling how large. */
  readonly max: number | null;
}

/** The least and the greatest number it can stand for. "About" widens nothing: it is a caveat. */
export function figureBounds({ q, n, m }: Figure): FigureBounds {
  if (q === '>') return { min: n, max: null };
  if (q === '<') return { min: 0, max: n };
  return { min: n, max: q === '..' ? (m ?? n) : n };
}

/** Sort order: the numbers stated, then the qualifier, then the unit. */
export function compareFigures(a: Figure, b: Figure): number {
  return (
    a.n - b.n ||
    (a.m ?? a.n) - (b.m ?? b.n) ||
    '<~=>..'.indexOf(a.q) - '<~=>..'.indexOf(b.q) ||
    (a.unit ?? 'people').localeCompare(b.unit ?? 'people', 'en')
  );
}

/** Whether the two say the same; a missing unit is people. */
export const sameFigure = (a: Figure, b: Figure): boolean => compareFigures(a, b) === 0;
