import type { Figure } from '#lib/domain/figures/figure.ts';
import type { PeopleKind } from '#lib/domain/records/vocabularies.ts';
import { figureNumber, figureWithUnit } from './figures.ts';
import { numberPart, type Part, sentence, type Sentence } from './sentence.ts';

/** A figure that reports give two or more different values of (indicator 10). */
export interface DisagreementFacts {
  readonly figure: 'trucks' | PeopleKind;
  readonly values: readonly { readonly figure: Figure; readonly reports: number }[];
  /** Accepted by a person, or derived from the reports. */
  readonly shown: Figure | null;
}

/** "reports differ on the number of trucks: 37 (4 reports) and 38 (1 report); shown: 37". */
export function disagreementSentence({ figure, values, shown }: DisagreementFacts): Sentence {
  return sentence('disagree.line', {
    figure: sentence(`disagree.figure.${figure}`),
    values: { kind: 'list', items: values.map(valueSentence) },
    accepted: shown ? numberOf(shown) : sentence('figure.none'),
  });
}

function valueSentence(value: { readonly figure: Figure; readonly reports: number }): Sentence {
  const { figure, reports } = value;
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
