import type { Coverage } from '#lib/domain/access/coverage.ts';
import { dayToIso } from '#lib/domain/dates/day.ts';
import { sinceDate } from './dates.ts';
import { lensPhrase } from './lens.ts';
import { localitiesPart, type Part, sentence, type Sentence } from './sentence.ts';
import { classifierPart, dayPart, inArea, placesOf, wherePart } from './where.ts';
import { waitSinceSentence } from './wait.ts';

/**
 * "Since 1 January 2016, 12 of 18 besieged places (UN list as of 30 June 2016) had at least one
 * delivery on our record" (indicator 3): certain ones only. Also the title of the chart.
 * `area`: the list is that of one area alone.
 */
export function findingOfCoverage(found: Coverage, area: string | null = null): Sentence {
  const { status, classifier, certain, possible, total, lens } = found;
  const asOf = dayPart(found.asOf);
  if (total === 0) {
    return sentence('coverage.noList', { where: wherePart(status, classifier, area), asOf });
  }
  const values: Record<string, Part> = {
    since: sinceDate(dayToIso(found.since)),
    places: inArea(placesOf(status, total), area),
    classifier: classifierPart(classifier),
    asOf,
    lens: lensPhrase(lens) ?? '',
  };
  if (certain.length === total) return sentence('coverage.all', values);
  if (certain.length > 0) return sentence('coverage.some', { ...values, certain: certain.length });
  return sentence(possible.length > 0 ? 'coverage.noneCertain' : 'coverage.none', values);
}

/** Indicator 3 whole: the finding, what is possible, the places without, and those not counted. */
export function coverageSentences(
  found: Coverage,
  area: string | null = null,
): readonly Sentence[] {
  const { possible, without, statusUnclear, lens } = found;
  const since = dayToIso(found.since);
  const sentences = [findingOfCoverage(found, area)];
  if (possible.length > 0) {
    const places = localitiesPart(possible.map(({ locality }) => locality));
    sentences.push(sentence('coverage.possible', { count: possible.length, places }));
  }
  if (without.length > 0) {
    const none = waitSinceSentence({ from: since, days: null, lens });
    sentences.push(
      sentence('coverage.without', { sentence: none, places: localitiesPart(without) }),
    );
  }
  if (statusUnclear.length > 0) {
    sentences.push(
      sentence('coverage.statusUnclear', {
        asOf: dayPart(found.asOf),
        places: localitiesPart(statusUnclear),
      }),
    );
  }
  return sentences;
}
