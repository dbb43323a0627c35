import { type Day, dayToIso } from '#lib/domain/dates/day.ts';
import type { AccessStatusValue } from '#lib/domain/records/vocabularies.ts';
import { datePart, type Part, sentence, type Sentence } from './sentence.ts';

/** A list of places by its classifier: the United Nations by the name that a language gives them. */
export const classifierPart = (classifier: string): Part =>
  classifier.trim().toLowerCase() === 'un' ? sentence('where.un') : classifier;

/** "besieged places (UN list) in Eastern Ghouta"; `any`: "places of any status". */
export function wherePart(
  status: AccessStatusValue | 'any',
  classifier: string,
  area: string | null = null,
): Sentence {
  const where =
    status === 'any'
      ? sentence('where.any')
      : sentence(`where.${status}`, { classifier: classifierPart(classifier) });
  return inArea(where, area);
}

/** Where the records are those of one area alone, no sentence about them leaves it out. */
export const inArea = (where: Sentence, area: string | null): Sentence =>
  area === null ? where : sentence('where.inArea', { where, area });

/** "18 besieged places", as it stands after "of". */
export const placesOf = (status: AccessStatusValue, count: number): Sentence =>
  sentence(`placesOf.${status}`, { count });

/** "from 1 January 2016 to 30 June 2016"; of one day, "on 30 June 2016". */
export function periodPart(since: Day, asOf: Day): Sentence {
  const until = dayPart(asOf);
  return since === asOf
    ? sentence('date.on', { about: 'no', kind: 'day', date: until })
    : sentence('period.window', { since: dayPart(since), asOf: until });
}

export const dayPart = (day: Day): Part => datePart(dayToIso(day));
