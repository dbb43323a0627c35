import type { PublishedTotal } from '#lib/domain/access/published-totals.ts';
import { figureWithUnit } from './figures.ts';
import { datePart, sentence, type Sentence } from './sentence.ts';
import { classifierPart } from './where.ts';

/**
 * What each series published last for all places of a status together, to stand beside coverage: it
 * names no place, so nothing of ours is a share of it.
 */
export const publishedTotalSentences = (totals: readonly PublishedTotal[]): readonly Sentence[] =>
  totals
    .filter(({ isLatest }) => isLatest)
    .map(({ series, asOf, people, total }) =>
      sentence('coverage.published', {
        series: classifierPart(series),
        asOf: datePart(asOf.edtf),
        people: figureWithUnit(people, people.unit ?? 'people'),
        total,
      }),
    );
