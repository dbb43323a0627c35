import type { MessageKey } from '#lib/i18n/messages.ts';
import { numberPart, sentence, type Sentence } from './sentence.ts';

/** The smallest and the largest that a length can be. */
export type Bounds = readonly [least: number, greatest: number];

/** A time between two dates, in days and in the calendar months of indicator 2. */
export interface Length {
  readonly days: Bounds;
  readonly months: Bounds;
}

/** Under two months a length is said in days. */
const MONTHS_SAID_AS_DAYS = 2;
const MONTHS_OF_YEAR = 12;

/**
 * A length as prose and exactly (indicator 2): "nearly 4 years (3 years 7 months)". Under two months
 * in days, under a year in months; a length that is not known exactly is a range.
 */
export function lengthInProse(length: Length): Sentence {
  const exact = exactLength(length);
  const [least, greatest] = length.months;
  if (least !== greatest || least < MONTHS_OF_YEAR) return exact;
  const prose = yearsInProse(least);
  // A whole number of years says the same twice.
  return least % MONTHS_OF_YEAR === 0 ? prose : sentence('duration.proseExact', { prose, exact });
}

/** The prose alone, for a headline: "nearly 4 years". */
export function shortLength(length: Length): Sentence {
  const [least, greatest] = length.months;
  return least === greatest && least >= MONTHS_OF_YEAR ? yearsInProse(least) : exactLength(length);
}

/** "3 years 7 months"; "between 3 years 5 months and 4 years 4 months"; "29–59 days". */
export function exactLength({ days, months }: Length): Sentence {
  if (months[1] < MONTHS_SAID_AS_DAYS) return range('days', days, 'duration.days');
  const least = oneEnd(days[0], months[0]);
  if (months[0] === months[1]) return least;
  return sentence('duration.between', { least, greatest: oneEnd(days[1], months[1]) });
}

/**
 * What stands on the line of a gap: "43 months", and under two months "44 days". In the nominative,
 * because it stands alone.
 */
export function gapLabel({ days, months }: Length): Sentence {
  return months[1] < MONTHS_SAID_AS_DAYS
    ? range('days', days, 'length.days')
    : range('months', months, 'length.months');
}

/** A number of days inside a sentence: "127 days", "580–583 days". */
export const daysLength = (days: Bounds): Sentence => range('days', days, 'duration.days');

function oneEnd(days: number, months: number): Sentence {
  if (months < MONTHS_SAID_AS_DAYS) return sentence('duration.days', { count: days });
  const years = Math.floor(months / MONTHS_OF_YEAR);
  const over = months % MONTHS_OF_YEAR;
  const inMonths = sentence('duration.months', { count: over });
  if (years === 0) return inMonths;
  const inYears = sentence('duration.years', { count: years });
  return over === 0
    ? inYears
    : sentence('duration.yearsMonths', { years: inYears, months: inMonths });
}

/** 7–11 months over: nearly; 6: about a half; 1–5: more than; 0: as it is. */
function yearsInProse(months: number): Sentence {
  const years = Math.floor(months / MONTHS_OF_YEAR);
  const over = months % MONTHS_OF_YEAR;
  if (over > 6) return sentence('duration.nearly', { years: years + 1 });
  if (over === 6) return sentence('duration.aboutHalf', { years });
  return sentence(over > 0 ? 'duration.moreThan' : 'duration.whole', { years });
}

function range(unit: 'days' | 'months', [least, greatest]: Bounds, single: MessageKey): Sentence {
  if (least === greatest) return sentence(single, { count: least });
  const numbers = sentence('figure.range', {
    least: numberPart(least),
    greatest: numberPart(greatest),
  });
  return sentence(`length.${unit}Range`, { range: numbers, count: greatest });
}
