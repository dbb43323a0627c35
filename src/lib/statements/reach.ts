import type { Measure, PeopleDeliveries, ReachMonth, ReachOptions } from '#lib/domain/access/reach.ts';
import type { Denominator } from '#lib/domain/access/populations.ts';
import type { Day } from '#lib/domain/dates/day.ts';
import { comparePartialDates } from '#lib/domain/dates/partial-date.ts';
import { onDate } from './dates.ts';
import { peopleOfBounds, sharePart } from './figures.ts';
import { datePart, type Part, sentence, type Sentence } from './sentence.ts';
import { classifierPart, dayPart, periodPart, wherePart } from './where.ts';

/** What the numbers of indicator 4 are numbers of. */
export type ReachScope = Pick<ReachOptions, 'status' | 'classifier' | 'series'>;

const MEASURES: readonly Measure[] = ['reached', 'intended'];

/**
 * "In June 2016, deliveries reached 20,000 people in besieged places (UN list), that is 3% of the
 * 592,700 people counted there (UN figures, 16 June 2016)": one measure of a month (indicator 4).
 */
export function monthSentence(found: ReachMonth, measure: Measure, scope: ReachScope): Sentence {
  const { people } = found[measure];
  const values = {
    when: onDate(found.month),
    where: wherePart(scope.status, scope.classifier),
  };
  if (found.deliveries === 0) return sentence('reach.noDelivery', values);
  if (!people) return sentence(`reach.${measure}Unknown`, values);
  const words = sentence(`reach.${measure}`, { ...values, people: peopleOfBounds(people) });
  const share = shareSentence(found, measure, scope.series);
  return share ? sentence('reach.withShare', { sentence: words, share }) : words;
}

/** Numerator, denominator, series and the dates of its figures; null where there is no share. */
function shareSentence(
  { [measureOf]: _, ...found }: ReachMonth & { readonly [measureOf]?: never },
  measure: Measure,
  series: string,
): Sentence | null {
  const { people, peopleWithPopulation, share } = found[measure];
  const { population } = found;
  if (!people || !peopleWithPopulation || !share || !population?.people) return null;
  const values: Record<string, Part> = {
    share: sharePart(share),
    population: peopleOfBounds(population.people),
    series: classifierPart(series),
    dates: datesOf(population),
  };
  if (String(peopleWithPopulation) === String(people)) return sentence('reach.share', values);
  return sentence('reach.shareOf', { ...values, people: peopleOfBounds(peopleWithPopulation) });
}
