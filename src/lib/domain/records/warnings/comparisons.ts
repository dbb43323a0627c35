import { parsePartialDate, type PartialDate } from '../../dates/partial-date.ts';
import { type Figure, figureBounds } from '../../figures/figure.ts';

/** How much more "about" may be before it contradicts: a tenth. */
const ABOUT = 1.1;

/**
 * Whether one number is more than another whatever both stand for. Unknown is never more or less;
 * numbers in different units are not compared, and "about" has a tenth to spare.
 */
export function isSurelyMore(a: Figure | undefined, b: Figure | undefined): boolean {
  if (!a || !b || (a.unit ?? 'people') !== (b.unit ?? 'people')) return false;
  const { max } = figureBounds(b);
  const spare = a.q === '~' || b.q === '~' ? ABOUT : 1;
  return max !== null && figureBounds(a).min > max * spare;
}

const read = (edtf: string | undefined): PartialDate | null => {
  const date = edtf === undefined ? null : parsePartialDate(edtf);
  return date?.ok ? date.value : null;
};

/** Whether one date is before another whatever days both stand for; unknown never is. */
export function isSurelyBefore(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const [one, other] = [read(a), read(b)];
  return one !== null && other !== null && one.latest < other.earliest;
}

/** Whether every day that it can be comes after this one. */
export function isSurelyAfterDay(edtf: string | undefined, day: number | undefined): boolean {
  if (day === undefined) return false;
  const date = read(edtf);
  return date !== null && date.earliest > day;
}
