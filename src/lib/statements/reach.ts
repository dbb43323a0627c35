import type { Denominator } from '#lib/domain/access/populations.ts';
import type { Measure } from '#lib/domain/access/counted-people.ts';
import type {
  MonthReach,
  PeopleDeliveries,
  ReachMonth,
  ReachOptions,
} from '#lib/domain/access/reach.ts';
import type { Lens } from '#lib/domain/access/lens.ts';
import type { Day } from '#lib/domain/dates/day.ts';
import { comparePartialDates } from '#lib/domain/dates/partial-date.ts';
import { onDate } from './dates.ts';
import { peopleOfBounds, sharePart } from './figures.ts';
import { lensPhrase } from './lens.ts';
import { reachCaveatSentences } from './reach-caveats.ts';
import { datePart, type Part, sentence, type Sentence } from './sentence.ts';
import { classifierPart, dayPart, periodPart, wherePart } from './where.ts';

/** What the numbers of indicator 4 are numbers of; of which deliveries, where not of all. */
export interface ReachScope extends Pick<ReachOptions, 'status' | 'classifier' | 'series'> {
  readonly lens?: Lens;
  readonly area?: string | null;
}

const lensOf = ({ lens }: Pick<ReachScope, 'lens'>): Part => lensPhrase(lens) ?? '';

const MEASURES: readonly Measure[] = ['reached', 'intended'];

/**
 * "In June 2016, deliveries reached 20,000 people in besieged places (UN list), that is 3% of the
 * 592,700 people counted there (UN figures, 16 June 2016)": one measure of a month (indicator 4).
 */
export function monthSentence(found: ReachMonth, measure: Measure, scope: ReachScope): Sentence {
  const { people } = found[measure];
  const { status, classifier, area = null } = scope;
  const when = onDate(found.month);
  const lens = lensOf(scope);
  const values = { when, where: wherePart(status, classifier, area), lens };
  if (found.deliveries === 0) {
    return status === 'any' && area === null
      ? sentence('reach.noDeliveryAny', { when, lens })
      : sentence('reach.noDelivery', values);
  }
  if (!people) return sentence(`reach.${measure}Unknown`, values);
  const words = sentence(`reach.${measure}`, { ...values, people: peopleOfBounds(people) });
  const share = shareSentence(found[measure], found.population, scope.series);
  return share ? sentence('reach.withShare', { sentence: words, share }) : words;
}

/** Numerator, denominator, series and the dates of its figures; null where there is no share. */
function shareSentence(
  { people, peopleWithPopulation, share }: MonthReach,
  population: Denominator | null,
  series: string,
): Sentence | null {
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

/** The date of the population figures, or the earliest and the latest of several. */
function datesOf({ entries }: Denominator): Part {
  const dates = entries.map(({ asOf }) => asOf).sort(comparePartialDates);
  const [first, last] = [dates[0], dates[dates.length - 1]];
  if (!first || !last) return '';
  if (first.edtf === last.edtf) return datePart(first.edtf);
  return sentence('period.dates', { from: datePart(first.edtf), to: datePart(last.edtf) });
}

/**
 * The title of the chart: the last month, by people reached where a delivery gives them, else by
 * people intended, which are always called so.
 */
export function findingOfReach(months: readonly ReachMonth[], scope: ReachScope): Sentence {
  const last = months[months.length - 1];
  if (!last) return sentence('reach.noPeriod');
  const measure = last.reached.people || !last.intended.people ? 'reached' : 'intended';
  return monthSentence(last, measure, scope);
}

/** A month whole: reached, intended, what gives no number, and what else has to be said. */
export function monthSentences(found: ReachMonth, scope: ReachScope): readonly Sentence[] {
  const { deliveries, population, reached, intended } = found;
  if (deliveries === 0) {
    return [monthSentence(found, 'reached', scope), ...reachCaveatSentences(found.caveats)];
  }
  const sentences: Sentence[] = [];
  for (const measure of MEASURES) {
    const { people, withoutNumber } = found[measure];
    sentences.push(monthSentence(found, measure, scope));
    if (people && withoutNumber > 0) {
      sentences.push(withoutNumberSentence(measure, withoutNumber, deliveries));
    }
  }
  const isCounted = reached.people !== null || intended.people !== null;
  if (isCounted && population && !population.people && population.overlaps.length === 0) {
    sentences.push(sentence('reach.noShare', { series: classifierPart(scope.series) }));
  }
  if (scope.status !== 'any') {
    sentences.push(sentence('reach.statusOn', { date: dayPart(found.day) }));
  }
  return [...sentences, ...reachCaveatSentences(found.caveats)];
}

/** "no number of people reached for 3 of 5 deliveries": unknown is never none. */
export const withoutNumberSentence = (
  measure: Measure,
  without: number,
  deliveries: number,
): Sentence =>
  sentence(measure === 'reached' ? 'reach.withoutReached' : 'reach.withoutIntended', {
    without,
    count: deliveries,
  });

/** How people of several deliveries to the same places are counted. */
export const countedOnce = (): Sentence => sentence('reach.countedOnce');

/** Why the two numbers of people are not to be mixed up. */
export const intendedIsNotReached = (): Sentence => sentence('reach.intendedIsNotReached');

/**
 * Indicator 5, each of its numbers labelled as one that includes repeats; `scope` says of which
 * deliveries, where not of all on record.
 */
export function peopleDeliveriesSentences(
  found: PeopleDeliveries,
  since: Day,
  asOf: Day,
  scope?: Omit<ReachScope, 'series'>,
): readonly Sentence[] {
  const isAll = !scope || (scope.status === 'any' && (scope.area ?? null) === null);
  const values = {
    period: periodPart(since, asOf),
    lens: scope ? lensOf(scope) : '',
    where: isAll
      ? ''
      : sentence('cumulative.to', {
          where: wherePart(scope.status, scope.classifier, scope.area ?? null),
        }),
  };
  const sentences = MEASURES.flatMap((measure) => {
    const people = found[measure];
    if (!people) return [];
    const words = sentence(`cumulative.${measure}`, { ...values, people: peopleOfBounds(people) });
    const without = found.withoutNumber[measure];
    return without > 0
      ? [words, withoutNumberSentence(measure, without, found.deliveries)]
      : [words];
  });
  if (sentences.length === 0) return [sentence('cumulative.none', values)];
  return [...sentences, ...reachCaveatSentences(found.caveats)];
}
