import type { Disagreement } from '#lib/domain/access/disagreement.ts';
import type { Figure } from '#lib/domain/figures/figure.ts';
import { figureNumber, figureWithUnit } from './figures.ts';
import { numberPart, type Part, sentence, type Sentence } from './sentence.ts';

/** "reports differ on the number of trucks: 37 (4 reports) and 38 (1 report); shown: 37". */
export function disagreementSentence(
  found: Pick<Disagreement, 'figure' | 'values' | 'value'>,
): Sentence {
  return sentence('disagree.line', {
    figure: sentence(`disagree.figure.${found.figure}`),
    values: { kind: 'list', items: found.values.map(valueSentence) },
    accepted: numberOf(found.value),
  });
}

function valueSentence({ figure, reports }: Disagreement['values'][number]): Sentence {
  return sentence('disagree.value', {
    value: numberOf(figure),
    reports: sentence('unit.reports', { count: reports, figure: numberPart(reports) }),
  });
}

/** Families and baskets are named: they are no people. */
const numberOf = (figure: Figure): Part =>
  figure.unit && figure.unit !== 'people'
    ? figureWithUnit(figure, figure.unit)
    : figureNumber(figure);
