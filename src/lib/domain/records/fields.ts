import * as v from 'valibot';
import { parsePartialDate } from '../dates/partial-date.ts';
import { PEOPLE_UNITS } from './vocabularies.ts';

/** The kinds of value that a field of a record can hold. Every field is optional: unknown is never zero. */

const ID = /^[A-Za-z0-9_-]{1,64}$/;

export const recordId = v.pipe(v.string(), v.regex(ID));
export const recordIds = v.pipe(v.array(recordId), v.maxLength(500));

export const line = v.pipe(v.string(), v.maxLength(1_000));
export const text = v.pipe(v.string(), v.maxLength(20_000));
export const lines = v.pipe(v.array(line), v.maxLength(500));

/** A PartialDate as its canonical EDTF text (`2012-11`, `2014-07-14/2014-07-17`, `2016-06-22~`). */
export const edtf = v.pipe(
  v.string(),
  v.maxLength(32),
  v.check(isCanonicalDate, 'not a date in EDTF'),
);

/** Dates that were read before: the same few stand in most records, and reading one takes longest. */
const dates = new Set<string>();
const MOST_DATES = 5_000;

function isCanonicalDate(text: string): boolean {
  if (dates.has(text)) return true;
  const parsed = parsePartialDate(text);
  const isOne = parsed.ok && parsed.value.edtf === text;
  if (isOne && dates.size < MOST_DATES) dates.add(text);
  return isOne;
}

export const instant = v.pipe(v.string(), v.isoTimestamp());
export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000));
export const flag = v.boolean();
export const names = v.record(v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/)), line);

const amount = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1_000_000_000_000));

/**
 * A number as it was given: `=` exactly, `~` about, `>` more than, `<` fewer than, `..` from `n` to
 * `m`. Families become people only by a household size stated beside the result.
 */
export const figure = v.pipe(
  v.object({
    q: v.picklist(['=', '~', '>', '<', '..']),
    n: amount,
    m: v.optional(amount),
    unit: v.optional(v.picklist(PEOPLE_UNITS)),
  }),
  v.check(
    (value) => (value.q === '..') === (value.m !== undefined) && (value.m ?? value.n) >= value.n,
    'a range needs two ends in order, and only a range has two',
  ),
);

/** A sector code, or `CODE@locality id` where a report says what came to which place. */
export const sectors = v.pipe(v.array(line), v.maxLength(100));
